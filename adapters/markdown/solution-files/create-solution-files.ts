import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { FilePlace } from '#domain/solution-file/file-path.ts';
import { renderCase } from '#domain/solution-file/render-case.ts';
import { renderRecord } from '#domain/solution-file/render-record.ts';
import type { RecordedVersion } from '#domain/solution-file/version-record.ts';
import { storableText } from '#domain/text/storable-text.ts';
import type { Problem, RunbookParser } from '#ports/runbook-parser.ts';
import type { SolutionFile, SolutionFiles } from '#ports/solution-files.ts';
import { byLine, newProblemList } from '../problem-list.ts';
import { parseCase } from './parse-case.ts';
import { readRecord } from './read-record.ts';
import { joinRecord, splitRecord } from './split-record.ts';

/** What is longer is no page of prose and commands. */
const longestSource = 1024 * 1024;

/** SolutionFiles over the formats of runbooks, which `parser` reads, and cases. */
export function createSolutionFiles(parser: RunbookParser): SolutionFiles {
  return {
    write: (version, slugInFile) => write(parser, version, slugInFile),
    read: (source, place) => read(parser, source, place),
    textOf,
  };
}

/**
 * The text stays as it was written where that is Markdown: comments and layout are knowledge too. What was written as
 * YAML or JSON, or could not be read back, is written anew from its content.
 */
function write(parser: RunbookParser, version: RecordedVersion, slugInFile: boolean): SolutionFile {
  const { content, text, slug } = version;
  const record = renderRecord(version, slugInFile ? slug : null);
  const kept = joinRecord(text, record);
  const isKept = isMarkdown(parser, content, text) && splitRecord(kept).text === text;
  return isKept ? { source: kept, text } : writeAnew(content, record);
}

function textOf(source: string): string | null {
  const { record, text } = splitRecord(source);
  return record === '' ? null : text;
}

function writeAnew(content: SolutionContent, record: readonly string[]): SolutionFile {
  const text = content.kind === 'runbook' ? renderRunbook(content.runbook) : renderCase(content.case);
  return { source: joinRecord(text, record), text };
}

function isMarkdown(parser: RunbookParser, content: SolutionContent, text: string): boolean {
  if (parser.parse(text, 'x.yaml').kind === 'runbook') return false;
  return readContent(parser, text, { kind: content.kind, slug: null, version: null }).kind === 'content';
}

function read(parser: RunbookParser, source: string, place: FilePlace): ReturnType<SolutionFiles['read']> {
  if (source.length > longestSource) return invalid(1, `it is longer than ${longestSource} characters`);
  const unstorable = unstorableLine(source);
  if (unstorable !== null) return invalid(unstorable, 'it holds a character that no database can keep (NUL)');
  const problems = newProblemList();
  const { record: lines, recordLine, text, lineInFile } = splitRecord(source);
  const { slug = null, ...record } = readRecord(lines, recordLine, problems);
  const found = readContent(parser, text, place);
  if (found.kind === 'invalid')
    problems.errors.push(...found.problems.map((one) => ({ ...one, line: lineInFile(one.line) })));
  if (place.slug === null && slug === null)
    problems.errors.push({
      line: 1,
      message: 'the name of this file says no name, and neither does its "slug"',
    });
  if (found.kind === 'invalid' || problems.errors.length > 0)
    return { kind: 'invalid', problems: byLine(problems.errors) };
  return { kind: 'solution', text, content: found.content, slug, record };
}

type Content =
  | { readonly kind: 'content'; readonly content: SolutionContent }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

function readContent(parser: RunbookParser, text: string, { kind, slug }: FilePlace): Content {
  if (kind === 'runbook') {
    const parsed = parser.parse(text, `${slug ?? 'runbook'}.md`);
    return parsed.kind === 'invalid'
      ? parsed
      : { kind: 'content', content: { kind, runbook: parsed.runbook } };
  }
  const problems = newProblemList();
  const past = parseCase(text, problems);
  return problems.errors.length > 0
    ? { kind: 'invalid', problems: byLine(problems.errors) }
    : { kind: 'content', content: { kind, case: past } };
}

function unstorableLine(source: string): number | null {
  if (storableText(source) === source) return null;
  return source.split('\n').findIndex((line) => storableText(line) !== line) + 1;
}

const invalid = (line: number, message: string) =>
  ({ kind: 'invalid', problems: [{ line, message }] }) as const;
