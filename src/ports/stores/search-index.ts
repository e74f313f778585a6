import type { SolutionId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';

export interface IndexEntry {
  readonly id: SolutionId;
  readonly content: SolutionContent;
}

/** Words of an incident that lead to a solution. `weight` is 0…1. */
export interface LearntWords {
  readonly solutionId: SolutionId;
  /** What linked them, unique within the solution: an incident, say. */
  readonly source: string;
  readonly text: string;
  readonly weight: number;
}

/** What makes a solution findable. Written in the same transaction as the version that it indexes. */
export interface SearchIndex {
  /** Replaces what is indexed for these solutions; collection statistics stay right. Many at once cost much less. */
  put(entries: readonly IndexEntry[]): Promise<void>;
  /** Takes solutions out. A solution in the index cannot be deleted before. */
  remove(ids: readonly SolutionId[]): Promise<void>;
  /**
   * Replaces all that was learnt from use in this workspace, touching that alone which changed. Of each text some stems are
   * kept, no sentence.
   */
  learn(learnt: readonly LearntWords[]): Promise<void>;
  /**
   * Indexes at most `limit` solutions in force that are not indexed yet, or in the form of an earlier program; answers
   * how many. Never puts an older version over a newer one.
   */
  putMissing(limit: number): Promise<number>;
}
