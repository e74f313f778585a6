import type { Context } from '#domain/context.ts';
import type { Case } from '#domain/solution.ts';
import {
  type CaseSection,
  caseSections,
  closingOf,
  readSectionText,
  sectionLine,
} from '#domain/solution-file/case-sections.ts';
import type { ProblemList } from '../problem-list.ts';
import { unknownKey } from '../read-front-matter.ts';
import { parseYaml, type YamlEntry, type YamlReader } from '../yaml-nodes.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const labels = {
  os: 'os',
  application: 'application',
  service: 'service',
  environment: 'environment',
  host_group: 'hostGroup',
} as const;

const known = [
  'title',
  'applies_to',
  'tags',
  'owner',
  'took_minutes',
  'people',
  ...caseSections.map(({ key }) => key),
];

/** Reads a case from Markdown with front matter. What is wrong is told in `problems`; then the result means nothing. */
export function parseCase(source: string, problems: ProblemList): Case {
  const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
  const past: Writable<Case> = {
    title: '',
    symptoms: '',
    rootCause: '',
    resolution: '',
    validation: '',
    tags: [],
    owner: '',
    appliesTo: {},
  };
  if (!/^---[ \t]*$/.test(lines[0] ?? '') || end === -1) {
    const message = 'a case begins with front matter: a line ---, its title: …, and a line --- again';
    problems.errors.push({ line: 1, message });
    return past;
  }
  readKeys(lines.slice(1, end).join('\n'), past, problems);
  readBody(lines, end + 1, past, problems);
  return past;
}

function readKeys(matter: string, past: Writable<Case>, problems: ProblemList): void {
  const reader = parseYaml(matter, 2, problems);
  if (!reader) return;
  const entries = reader.map(reader.root);
  if (!entries)
    problems.errors.push({ line: 2, message: 'the front matter must be a map of keys and values' });
  for (const entry of entries ?? []) {
    if (known.includes(entry.key)) readKey(entry, reader, past, problems);
    else problems.errors.push(unknownKey(entry, known));
  }
  if (past.title.trim() === '')
    problems.errors.push({ line: 2, message: 'missing title: the front matter needs a `title`' });
}

function readKey(entry: YamlEntry, reader: YamlReader, past: Writable<Case>, problems: ProblemList): void {
  const section = caseSections.find(({ key }) => key === entry.key);
  if (entry.key === 'applies_to') past.appliesTo = readContext(entry, reader, problems);
  else if (entry.key === 'tags') past.tags = readTexts(entry, reader, problems);
  else if (entry.key === 'people') past.people = readTexts(entry, reader, problems);
  else if (entry.key === 'took_minutes') past.tookMinutes = readMinutes(entry, reader, problems);
  else past[section?.name ?? (entry.key as 'title' | 'owner')] = readText(entry, reader, problems);
}

function readContext(entry: YamlEntry, reader: YamlReader, problems: ProblemList): Context {
  const entries = reader.map(entry);
  if (!entries)
    problems.errors.push({ line: entry.line, message: '"applies_to" must be a map, such as { os: linux }' });
  const context: Writable<Context> = {};
  for (const label of entries ?? []) {
    if (label.key === 'environment') context.environment = readTexts(label, reader, problems);
    else if (Object.hasOwn(labels, label.key))
      context[labels[label.key as Exclude<keyof typeof labels, 'environment'>]] = readText(
        label,
        reader,
        problems,
      );
    else problems.errors.push(unknownKey(label, Object.keys(labels)));
  }
  return context;
}

/** Exactly as written: unlike in a runbook, blanks around a text of a case are kept. */
function readText(entry: YamlEntry, reader: YamlReader, problems: ProblemList): string {
  const text = reader.text(entry);
  if (text === null) problems.errors.push({ line: entry.line, message: `"${entry.key}" must be a text` });
  return text ?? '';
}

function readMinutes(entry: YamlEntry, reader: YamlReader, problems: ProblemList): number {
  const text = reader.text(entry) ?? '';
  if (!/^\d{1,9}$/.test(text))
    problems.errors.push({ line: entry.line, message: '"took_minutes" must be a number of whole minutes' });
  return Number(text);
}

function readTexts(entry: YamlEntry, reader: YamlReader, problems: ProblemList): readonly string[] {
  const items = reader.list(entry) ?? [entry];
  const texts = items.map((item) => reader.text(item));
  if (texts.includes(null))
    problems.errors.push({ line: entry.line, message: `"${entry.key}" must be a list of texts` });
  return texts.map((text) => text ?? '');
}

/** `from` is the index of the first line behind the front matter. */
function readBody(lines: readonly string[], from: number, past: Writable<Case>, problems: ProblemList): void {
  const seen = new Set<string>();
  let at = skipText(lines, from, problems);
  while (at < lines.length) {
    const section = caseSections.find(({ title }) => sectionLine(title) === lines[at]?.trimEnd());
    const next = nextSection(lines, at + 1);
    if (!section) problems.errors.push({ line: at + 1, message: unknownSection });
    else if (seen.has(section.name))
      problems.errors.push({ line: at + 1, message: `there is a section "${section.title}" already` });
    else putSection(section, lines.slice(at + 1, next), past);
    if (section) seen.add(section.name);
    at = next;
  }
}

const titles = caseSections.map(({ title }) => sectionLine(title)).join(', ');
const unknownSection = `unknown section; known are ${titles}. Put a line that only looks like one into a fence of \`\`\`text`;

function putSection({ name }: CaseSection, lines: readonly string[], past: Writable<Case>): void {
  past[name] = readSectionText(lines);
}

/** Nothing but blank lines may stand above the first section: it would be lost. */
function skipText(lines: readonly string[], from: number, problems: ProblemList): number {
  const first = nextSection(lines, from);
  const stray = lines.findIndex((line, index) => index >= from && index < first && line.trim() !== '');
  if (stray !== -1)
    problems.errors.push({
      line: stray + 1,
      message: `text above the first section; the sections are ${titles}`,
    });
  return first;
}

/** The index of the next line that begins a section; a fence that begins right below a heading hides its lines. */
function nextSection(lines: readonly string[], from: number): number {
  const first = lines.findIndex((line, index) => index >= from && line !== '');
  const closing = closingOf(lines[first] ?? '');
  const close = closing === undefined ? -1 : lines.indexOf(closing, first + 1);
  const search = close === -1 ? from : close + 1;
  const next = lines.findIndex((line, index) => index >= search && line.startsWith('## '));
  return next === -1 ? lines.length : next;
}
