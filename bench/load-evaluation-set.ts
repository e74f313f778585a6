import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

const evaluationDocument = z.object({ id: z.string().min(1), title: z.string(), text: z.string() });

const evaluationQuery = z.object({
  id: z.string().min(1),
  query: z.string().min(1),
  /** Ids of the documents that answer it; none makes it a negative, which nothing should answer. */
  relevant: z.array(z.string()).readonly(),
  kind: z.string().min(1),
});

export type EvaluationDocument = Readonly<z.infer<typeof evaluationDocument>>;
export type EvaluationQuery = Readonly<z.infer<typeof evaluationQuery>>;

/** What is wrong with a file of an evaluation set, in one line that begins with the file and, where known, the line. */
export class EvaluationSetError extends Error {}

/** Throws an EvaluationSetError when the file cannot be read, a line is no document, or there is none. */
export const readDocuments = (file: string): readonly EvaluationDocument[] =>
  readLines(file, evaluationDocument, 'documents');

/** Throws an EvaluationSetError when the file cannot be read, a line is no query, or there is none. */
export const readQueries = (file: string): readonly EvaluationQuery[] =>
  readLines(file, evaluationQuery, 'queries');

function readLines<T>(file: string, schema: z.ZodType<T>, what: string): readonly T[] {
  const read = readText(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, schema, `${file}:${index + 1}`)]));
  if (read.length === 0) throw new EvaluationSetError(`${file}: there are no ${what} in it`);
  return read;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new EvaluationSetError(`${file}: ${code === 'ENOENT' ? 'no such file' : `not readable (${code})`}`);
  }
}

function readLine<T>(line: string, schema: z.ZodType<T>, place: string): T {
  const { success, data, error } = schema.safeParse(parseJson(line, place));
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new EvaluationSetError(`${place}: ${problems.join('; ')}`);
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new EvaluationSetError(`${place}: this line is no JSON`);
  }
}

/** The folder of the evaluation set: RECOURSE_EVAL_DIR, else ../shared/eval where it exists. */
function evaluationFolder(): string | undefined {
  const usual = '../shared/eval';
  return process.env.RECOURSE_EVAL_DIR ?? (existsSync(usual) ? usual : undefined);
}

/** Where this file of the set is; undefined when no folder is named and none is in the usual place. */
export function evaluationFile(name: string, folder = evaluationFolder()): string | undefined {
  return folder && join(folder, name);
}

const parser = createRunbookParser(matchWhole);

/** A page as the runbook that an import makes of it; one that the parser refuses is found by its plain text. */
export function toRunbook({ title, text }: EvaluationDocument): Runbook {
  const parsed = parser.parse(text, `${title}.md`);
  return parsed.kind === 'runbook' ? { ...parsed.runbook, title } : plainRunbook(title, text);
}

function plainRunbook(title: string, text: string): Runbook {
  return {
    title,
    appliesTo: {},
    tags: [],
    owner: '',
    alerts: [],
    parameters: [],
    lead: '',
    notes: text,
    otherText: '',
    bodyText: text,
    steps: [],
  };
}
