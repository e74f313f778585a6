import type { Context } from './context.ts';
import type { SolutionId, VersionId } from './ids.ts';
import type { Runbook } from './runbook/runbook.ts';

/** A past manual fix. It is shown and voted on, never executed. */
export interface Case {
  readonly title: string;
  readonly symptoms: string;
  readonly rootCause: string;
  readonly resolution: string;
  readonly validation: string;
  /** What was run and what it said, as text; absent where nobody kept it. */
  readonly steps?: string | undefined;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly appliesTo: Context;
  /** From the first message to the one that confirmed the fix; absent where nobody knows. */
  readonly tookMinutes?: number | undefined;
  /** Who took part, by name; absent where nobody said. */
  readonly people?: readonly string[] | undefined;
}

export type SolutionContent =
  | { readonly kind: 'runbook'; readonly runbook: Runbook }
  | { readonly kind: 'case'; readonly case: Case };

export type SolutionKind = SolutionContent['kind'];

/** Where a version came from; `model` is what Recourse proposes itself, by rules too. */
export type VersionSource = 'import' | 'human' | 'case' | 'model';

/** draft → in review → active → superseded | rejected | retired; `deprecated` is active knowledge that stopped working. */
export type VersionState =
  | 'draft'
  | 'in-review'
  | 'active'
  | 'superseded'
  | 'rejected'
  | 'retired'
  | 'deprecated';

/** A solution with the version of it that is in force. */
export interface Solution {
  readonly id: SolutionId;
  /** Stable name within the workspace, from the file name. */
  readonly slug: string;
  readonly versionId: VersionId;
  readonly version: number;
  readonly content: SolutionContent;
  /** Where a person can read it: a path or an address. */
  readonly origin: string;
  /** When the version in force was made, milliseconds since the epoch. */
  readonly updatedAt: number;
}

export function solutionTitle(solution: Pick<Solution, 'content'>): string {
  return solution.content.kind === 'runbook' ? solution.content.runbook.title : solution.content.case.title;
}

export function solutionAppliesTo(solution: Pick<Solution, 'content'>): Context {
  return solution.content.kind === 'runbook'
    ? solution.content.runbook.appliesTo
    : solution.content.case.appliesTo;
}

export function solutionOwner(solution: Pick<Solution, 'content'>): string {
  return solution.content.kind === 'runbook' ? solution.content.runbook.owner : solution.content.case.owner;
}
