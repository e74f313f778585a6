import type { Problem } from '#ports/runbook-parser.ts';

/** Collects problems while reading goes on, so that all are told at once. */
export interface ProblemList {
  readonly errors: Problem[];
  readonly warnings: Problem[];
}

export function newProblemList(): ProblemList {
  return { errors: [], warnings: [] };
}

/** Problems in the order of their lines. */
export function byLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.line - b.line);
}
