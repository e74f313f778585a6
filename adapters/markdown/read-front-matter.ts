import { dayMs, parseDuration } from '#domain/runbook/parse-duration.ts';
import { normaliseParagraph } from '#domain/runbook/prose.ts';
import type { AppliesTo, Parameter } from '#domain/runbook/runbook.ts';
import type { MatchWhole } from '#domain/text/match.ts';
import { ownValue } from '#domain/text/own-value.ts';
import type { ProblemList } from './problem-list.ts';
import { readParameters } from './read-parameters.ts';
import { parseYaml, type YamlEntry, type YamlReader } from './yaml-nodes.ts';

/** What the front matter says; null stands for a title that is missing. */
export interface FrontMatter {
  readonly title: string | null;
  readonly appliesTo: AppliesTo;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly reviewEveryDays?: number;
  readonly alerts: readonly string[];
  readonly parameters: readonly Parameter[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads `entry` into the front matter, or tells what is wrong with it. */
type KeyReader = (
  entry: YamlEntry,
  into: Writable<FrontMatter>,
  reader: YamlReader,
  problems: ProblemList,
  matchWhole: MatchWhole,
) => void;

const keys: Readonly<Record<string, KeyReader>> = {
  title: (entry, into, reader, problems) => {
    into.title = normaliseParagraph(readText(entry, reader, problems) ?? '') || null;
  },
  owner: (entry, into, reader, problems) => {
    into.owner = readText(entry, reader, problems) ?? '';
  },
  tags: (entry, into, reader, problems) => {
    into.tags = readTexts(entry, reader, problems);
  },
  alerts: (entry, into, reader, problems) => {
    into.alerts = readTexts(entry, reader, problems);
  },
  applies_to: readAppliesTo,
  review_every: readReview,
  parameters: (entry, into, reader, problems, matchWhole) => {
    into.parameters = readParameters(entry, reader, problems, matchWhole);
  },
};

export const emptyFrontMatter: FrontMatter = {
  title: null,
  appliesTo: {},
  tags: [],
  owner: '',
  alerts: [],
  parameters: [],
};

/** Reads the YAML between the dashes; `firstLine` is the line of the file at which it begins. */
export function readFrontMatter(
  { text, firstLine }: { readonly text: string; readonly firstLine: number },
  problems: ProblemList,
  matchWhole: MatchWhole,
): FrontMatter {
  const reader = parseYaml(text, firstLine, problems);
  if (!reader) return emptyFrontMatter;
  const entries = reader.map(reader.root) ?? [];
  if (reader.map(reader.root) === null) {
    problems.errors.push({ line: firstLine, message: 'the front matter must be a map of keys and values' });
  }
  const into: Writable<FrontMatter> = { ...emptyFrontMatter };
  for (const entry of entries) {
    const read = ownValue(keys, entry.key);
    if (read) read(entry, into, reader, problems, matchWhole);
    else problems.errors.push(unknownKey(entry, Object.keys(keys)));
  }
  if (into.title === null) {
    problems.errors.push({ line: firstLine, message: 'missing title: the front matter needs a `title`' });
  }
  return into;
}

/** The problem of a key that nobody knows. */
export function unknownKey({ key, keyLine }: YamlEntry, known: readonly string[]) {
  return { line: keyLine, message: `unknown key "${key}"; known are ${known.join(', ')}` };
}

/** A scalar's text; anything else is told and null. */
export function readText(entry: YamlEntry, reader: YamlReader, problems: ProblemList): string | null {
  const text = reader.text(entry);
  if (text === null) problems.errors.push({ line: entry.line, message: `"${entry.key}" must be a text` });
  return text === null ? null : text.trim();
}

/** A list of texts, or a single one. */
export function readTexts(entry: YamlEntry, reader: YamlReader, problems: ProblemList): readonly string[] {
  const items = reader.list(entry) ?? [entry];
  return items.flatMap((item) => {
    const text = reader.text(item);
    if (text !== null && text.trim() !== '') return [text.trim()];
    problems.errors.push({ line: item.line, message: `"${entry.key}" must be a list of texts` });
    return [];
  });
}

const labels = {
  os: 'os',
  application: 'application',
  service: 'service',
  environment: 'environment',
  host_group: 'hostGroup',
} as const;

function readAppliesTo(
  entry: YamlEntry,
  into: Writable<FrontMatter>,
  reader: YamlReader,
  problems: ProblemList,
): void {
  const entries = reader.map(entry);
  if (!entries) {
    problems.errors.push({ line: entry.line, message: '"applies_to" must be a map, such as { os: linux }' });
    return;
  }
  const appliesTo: Writable<AppliesTo> = {};
  for (const label of entries) {
    if (label.key === 'environment') appliesTo.environment = readTexts(label, reader, problems);
    else if (Object.hasOwn(labels, label.key)) {
      const text = readText(label, reader, problems);
      const name = labels[label.key as Exclude<keyof typeof labels, 'environment'>];
      if (text) appliesTo[name] = text;
    } else problems.errors.push(unknownKey(label, Object.keys(labels)));
  }
  into.appliesTo = appliesTo;
}

function readReview(
  entry: YamlEntry,
  into: Writable<FrontMatter>,
  reader: YamlReader,
  problems: ProblemList,
): void {
  const milliseconds = parseDuration(reader.text(entry) ?? '');
  if (milliseconds !== null && milliseconds % dayMs === 0) into.reviewEveryDays = milliseconds / dayMs;
  else {
    problems.errors.push({
      line: entry.line,
      message: 'bad duration in "review_every"; write whole days, such as 90d',
    });
  }
}
