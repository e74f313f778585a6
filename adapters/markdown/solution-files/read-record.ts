import { recordKey } from '#domain/solution-file/render-record.ts';
import { type VersionRecord, versionSources, versionStates } from '#domain/solution-file/version-record.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { type Audience, everybody, visibilities } from '#domain/visibility/visibility.ts';
import type { ProblemList } from '../problem-list.ts';
import { unknownKey } from '../read-front-matter.ts';
import { parseYaml, type YamlEntry, type YamlReader } from '../yaml-nodes.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a file says of its version, and of its solution's name. */
export type ReadRecord = Partial<VersionRecord> & { readonly slug?: string };

/** Puts a value into the record; a sentence when it is none. */
type KeyReader = (text: string, into: Writable<ReadRecord>) => string | null;

const wholeNumber = /^[1-9]\d{0,8}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const keys: Readonly<Record<string, KeyReader>> = {
  slug: (text, into) => {
    into.slug = text;
    return text === '' ? 'must not be empty' : null;
  },
  version: (text, into) => {
    into.version = Number(text);
    return wholeNumber.test(text) ? null : 'must be a whole number from 1';
  },
  parent: (text, into) => {
    into.parent = Number(text);
    return wholeNumber.test(text) ? null : 'must be a whole number from 1';
  },
  state: (text, into) => {
    const state = versionStates.find((known) => known === text);
    if (state) into.state = state;
    return state ? null : `must be one of ${versionStates.join(', ')}`;
  },
  source: (text, into) => {
    const source = versionSources.find((known) => known === text);
    if (source) into.source = source;
    return source ? null : `must be one of ${versionSources.join(', ')}`;
  },
  reason: (text, into) => {
    into.reason = text;
    return null;
  },
  author: (text, into) => {
    into.author = text;
    return null;
  },
  origin: (text, into) => {
    into.origin = text;
    return null;
  },
  visibility: (text, into) => {
    const visibility = visibilities.find((known) => known === text);
    if (visibility) into.audience = { ...(into.audience ?? everybody), visibility };
    return visibility ? null : `must be one of ${visibilities.join(', ')}`;
  },
  channel: (text, into) => {
    into.audience = { ...(into.audience ?? everybody), channel: text };
    return text === '' ? 'must not be empty' : null;
  },
  team: (text, into) => {
    into.audience = { ...(into.audience ?? everybody), team: text };
    return text === '' ? 'must not be empty' : null;
  },
  created: (text, into) => {
    into.createdAt = Date.parse(text);
    return instant.test(text) && !Number.isNaN(into.createdAt)
      ? null
      : 'must be a time such as 2026-11-25T08:00:00.000Z';
  },
};

/** Reads the lines of a record, of which the first is line `firstLine` of the file. */
export function readRecord(lines: string, firstLine: number, problems: ProblemList): ReadRecord {
  const record: Writable<ReadRecord> = {};
  const reader = lines === '' ? null : parseYaml(lines, firstLine, problems);
  const [root] = reader?.map(reader.root) ?? [];
  if (!reader || !root) return record;
  const entries = reader.map(root);
  if (!entries) problems.errors.push({ line: firstLine, message: `"${recordKey}" must be a map` });
  for (const entry of entries ?? []) readKey(entry, reader, record, problems);
  const why = audienceProblem(record.audience);
  if (why !== null) problems.errors.push({ line: firstLine, message: `"${recordKey}" ${why}` });
  return record;
}

/** What is for some channels only would be for nobody without one, or for a team without its name. */
function audienceProblem(audience: Audience | undefined): string | null {
  if (!audience || audience.visibility === 'workspace') return null;
  if (audience.channel === null) return 'must say the "channel" of this visibility';
  return audience.visibility === 'team' && audience.team === null
    ? 'must say the "team" of this visibility'
    : null;
}

function readKey(
  entry: YamlEntry,
  reader: YamlReader,
  record: Writable<ReadRecord>,
  problems: ProblemList,
): void {
  const read = ownValue(keys, entry.key);
  if (!read) {
    problems.errors.push(unknownKey(entry, Object.keys(keys)));
    return;
  }
  const text = reader.text(entry);
  const why = text === null ? 'must be a text' : read(text, record);
  if (why !== null) problems.errors.push({ line: entry.line, message: `"${entry.key}" ${why}` });
}
