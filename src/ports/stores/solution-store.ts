import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import type { Solution, SolutionContent, VersionSource } from '#domain/solution.ts';

export interface NewVersion {
  readonly slug: string;
  readonly content: SolutionContent;
  /** The source text, kept as it was written. */
  readonly text: string;
  readonly origin: string;
  readonly author: string;
  readonly source: VersionSource;
}

export interface SolutionStore {
  /**
   * Makes the text the version in force of the solution with this slug. The same text again changes nothing;
   * another text supersedes the version before it, which stays readable.
   */
  put(
    version: NewVersion,
  ): Promise<{ readonly id: SolutionId; readonly change: 'created' | 'updated' | 'unchanged' }>;
  /** The solution with its version in force; undefined when none is in force. */
  find(id: SolutionId): Promise<Solution | undefined>;
  /** A version's content, in force or not: what a run was started from. */
  version(
    id: VersionId,
  ): Promise<{ readonly content: SolutionContent; readonly version: number } | undefined>;
  all(): Promise<readonly Solution[]>;
  /** Folded rates; a solution without signals is absent. */
  rates(ids: readonly SolutionId[]): Promise<ReadonlyMap<SolutionId, SuccessRate>>;
}
