import type { PostId, RunId, SolutionId, VersionId } from '../ids.ts';
import type { SolutionContent, VersionSource } from '../solution.ts';

/** A version that waits for a person's decision, with what it is judged by. Times are ms since the epoch. */
export interface WaitingReview {
  readonly versionId: VersionId;
  readonly solutionId: SolutionId;
  readonly slug: string;
  readonly version: number;
  readonly content: SolutionContent;
  readonly text: string;
  readonly author: string;
  readonly source: VersionSource;
  /** Where its solution is read; `caseOrigin` of the case that it was made from. */
  readonly origin: string;
  readonly createdAt: number;
  /** What it would replace: the version in force, else the one that it was made from; null for something new. */
  readonly before: {
    readonly versionId: VersionId;
    readonly version: number;
    readonly text: string;
  } | null;
  /** The version that it was made from; null for something new. */
  readonly parentId: VersionId | null;
  readonly why: string;
  readonly evidence: string;
  readonly runs: readonly RunId[];
  readonly postId: PostId | null;
}

export interface ReviewDecision {
  readonly decision: 'approved' | 'rejected';
  /** The platform's id of who decided, or `shell`. */
  readonly by: string;
  readonly notes: string;
}

const casePath = 'cases/';

/** The origin of a runbook that was made from a case; export writes the case to this path. */
export const caseOrigin = (slug: string): string => `${casePath}${slug}`;

/** The case that a version was made from. */
export function caseBehind({ source, origin }: Pick<WaitingReview, 'source' | 'origin'>): string | undefined {
  return source === 'case' && origin.startsWith(casePath) ? origin.slice(casePath.length) : undefined;
}
