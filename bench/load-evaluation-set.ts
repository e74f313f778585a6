import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

export interface EvaluationDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface EvaluationQuery {
  readonly id: string;
  readonly query: string;
  readonly relevant: readonly string[];
  readonly kind: string;
}

/** The folder of the evaluation set: RECOURSE_EVAL_DIR, else ../shared/eval where it exists. */
export function evaluationFolder(): string | undefined {
  const folder = process.env.RECOURSE_EVAL_DIR ?? '../shared/eval';
  return existsSync(folder) ? folder : undefined;
}

export function readLines<T>(file: string): readonly T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): T => JSON.parse(line));
}

export const defaultFile = (name: string): string | undefined => {
  const folder = evaluationFolder();
  return folder && join(folder, name);
};

const parser = createRunbookParser();

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
    bodyText: text,
    steps: [],
  };
}
