import type { SolutionId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import type { RecordedVersion, VersionRecord } from '#domain/solution-file/version-record.ts';

/** A solution with all versions that there are of it, oldest first. */
export interface VersionedSolution {
  readonly id: SolutionId;
  readonly slug: string;
  readonly kind: SolutionKind;
  readonly versions: readonly RecordedVersion[];
}

/** Every version of every solution, in force or not. */
export interface VersionStore {
  /** The next `limit` solutions behind `slug`, in the order of their slugs by code point. */
  after(slug: string | null, limit: number): Promise<readonly VersionedSolution[]>;
  /** Those of these slugs that exist. */
  named(slugs: readonly string[]): Promise<readonly VersionedSolution[]>;
  /**
   * Adds a version with the number and the state that it says. One in force supersedes the one before; the caller sees
   * to what is indexed. `parent` is the number of a version that is there.
   */
  add(version: RecordedVersion): Promise<SolutionId>;
  /** Puts a version into another state; false when there is none of this number. */
  restate(
    solution: SolutionId,
    version: number,
    to: Pick<VersionRecord, 'state' | 'reason'>,
  ): Promise<boolean>;
}
