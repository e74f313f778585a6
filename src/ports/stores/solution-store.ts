import type { Context } from '#domain/context.ts';
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

/** What storing a version did. */
export interface StoredVersion {
  readonly id: SolutionId;
  readonly change: 'created' | 'updated' | 'unchanged';
}

export interface SolutionStore {
  /**
   * Makes each text the version in force of the solution with its slug; answers in the order given. The same text
   * again changes nothing; another text supersedes the version before it, which stays readable. Of two with one slug
   * the later counts.
   */
  putAll(versions: readonly NewVersion[]): Promise<readonly StoredVersion[]>;
  /** The solution with its version in force; undefined when none is in force. */
  find(id: SolutionId): Promise<Solution | undefined>;
  /** The same by its slug. */
  named(slug: string): Promise<Solution | undefined>;
  /** A version's content, in force or not: what a run was started from. */
  version(
    id: VersionId,
  ): Promise<{ readonly content: SolutionContent; readonly version: number } | undefined>;
  all(): Promise<readonly Solution[]>;
  /** Every value of every label that indexed solutions have, each once and a context of its own. */
  labels(): Promise<readonly Context[]>;
  /** Folded rates; a solution without signals is absent. */
  rates(ids: readonly SolutionId[]): Promise<ReadonlyMap<SolutionId, SuccessRate>>;
}
