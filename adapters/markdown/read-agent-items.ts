import { normaliseParagraph } from '#domain/runbook/prose.ts';
import type { StepKind } from '#domain/runbook/runbook.ts';
import { commandOfAction } from './agent-actions.ts';
import type { ProblemList } from './problem-list.ts';
import { unknownKey } from './read-front-matter.ts';
import type { RawStep } from './read-sections.ts';
import type { YamlEntry, YamlNode, YamlReader } from './yaml-nodes.ts';

/** An item of a list of steps: a step, or a sentence. */
export type AgentItem =
  | { readonly kind: 'step'; readonly step: RawStep }
  | { readonly kind: 'prose'; readonly text: string };

const keys = [
  'action',
  'params',
  'command',
  'id',
  'name',
  'title',
  'description',
  'timeout',
  'expect',
  'exit',
  'host',
];

type Fields = ReadonlyMap<string, YamlEntry>;

/** Reads a list of `{ action, params }` items and sentences; `kind` is that of items which do not say it. */
export function readAgentItems(
  list: YamlEntry,
  kind: StepKind,
  reader: YamlReader,
  problems: ProblemList,
): readonly AgentItem[] {
  const items = reader.list(list);
  if (!items) problems.errors.push({ line: list.line, message: `"${list.key}" must be a list` });
  return (items ?? []).flatMap((item): readonly AgentItem[] => {
    const text = reader.text(item);
    if (text !== null) return [{ kind: 'prose', text: normaliseParagraph(text) }];
    const step = readStep(item, kind, reader, problems);
    return step ? [{ kind: 'step', step }] : [];
  });
}

function readStep(item: YamlNode, kind: StepKind, reader: YamlReader, problems: ProblemList): RawStep | null {
  const entries = reader.map(item) ?? [];
  const fields: Fields = new Map(entries.map((entry) => [entry.key, entry]));
  for (const entry of entries) if (!keys.includes(entry.key)) problems.errors.push(unknownKey(entry, keys));
  const text = (key: string) => {
    const field = fields.get(key);
    return field ? (reader.text(field) ?? undefined) : undefined;
  };
  const action = text('action') ?? (fields.has('command') ? 'shell' : '');
  const found = commandOfAction(action, paramsOf(fields, reader));
  if (found.kind === 'problem') {
    problems.errors.push({ line: item.line, message: found.message });
    return null;
  }
  const title = text('description') ?? text('title') ?? text('name') ?? action.replace(/[_-]+/g, ' ');
  return {
    // Only the list of steps proper mixes looking and changing.
    kind: kind === 'remediation' ? found.stepKind : kind,
    title: normaliseParagraph(title),
    notes: '',
    line: item.line,
    fence: {
      language: 'sh',
      info: attributesOf(text, fields, reader),
      content: found.command,
      isClosed: true,
      contentLine: item.line,
    },
  };
}

function paramsOf(fields: Fields, reader: YamlReader): ReadonlyMap<string, string> {
  const params = fields.get('params');
  const entries = [...((params && reader.map(params)) ?? []), ...fields.values()];
  const texts = entries.flatMap((entry): readonly (readonly [string, string])[] => {
    const text = reader.text(entry);
    return text === null || (fields.has(entry.key) && entry.key !== 'command') ? [] : [[entry.key, text]];
  });
  return new Map(texts);
}

/** The attributes in the form in which a fence carries them. */
function attributesOf(text: (key: string) => string | undefined, fields: Fields, reader: YamlReader): string {
  const exit = fields.get('exit');
  const codes = exit && reader.list(exit)?.map((item) => Number(reader.text(item)));
  const timeout = text('timeout');
  return JSON.stringify({
    id: slug(text('id') ?? text('name')),
    timeout: timeout && /^\d+$/.test(timeout) ? `${timeout}s` : timeout,
    expect: text('expect'),
    exit: codes,
    host: text('host'),
  });
}

function slug(name: string | undefined): string | undefined {
  const plain = name
    ?.toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain ? plain.slice(0, 64) : undefined;
}
