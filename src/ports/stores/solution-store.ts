import type { Context } from '#domain/context.ts';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { SolutionRate } from '#domain/learning/success-rate.ts';
import type { Solution, SolutionContent, VersionSource, VersionState } from '#domain/solution.ts';

export interface NewVersion {
  readonly slug: string;
  readonly content: SolutionContent;
  /** The source text, kept as it was written. */
  readonly text: string;
  readonly origin: string;
  /** Who answers for this version: the platform id of who wrote it in a chat, or the owner that a file names. */
  readonly author: string;
  readonly source: VersionSource;
}

/** What storing a version did. */
export interface StoredVersion {
  readonly id: SolutionId;
  readonly change: 'created' | 'updated' | 'unchanged';
}

export interface SolutionVersion {
  /** The stable name of its solution. */
  readonly slug: string;
  readonly solutionId: SolutionId;
  readonly content: SolutionContent;
  /** As it was written. */
  readonly text: string;
  /** Where its solution is read. */
  readonly origin: string;
  readonly version: number;
  readonly author: string;
  readonly state: VersionState;
}

export interface DeprecatedSolution {
  readonly id: SolutionId;
  readonly versionId: VersionId;
  readonly version: number;
  readonly slug: string;
  readonly content: SolutionContent;
  readonly reason: string;
  /** Milliseconds since the epoch; null for one that was imported as deprecated. */
  readonly since: number | null;
}

/** In force and not used for long. `since` is when it was used last, or came into force or was kept since; ms since the epoch. */
export interface UnusedSolution extends Omit<DeprecatedSolution, 'reason' | 'since'> {
  readonly since: number;
}

export interface SolutionStore {
  /**
   * Makes each text the version in force of the solution with its slug; answers in the order given. The text in force
   * again changes nothing, nor does a text of a file (`import`) that is the one of the last version from a file: what was
   * decided since stays. Another text supersedes the version in force, which stays readable; what waits for a review
   * goes on waiting. Of two with one slug the later counts.
   */
  putAll(versions: readonly NewVersion[]): Promise<readonly StoredVersion[]>;
  /** The solution with its version in force; undefined when none is in force. */
  find(id: SolutionId): Promise<Solution | undefined>;
  /** The same by its slug. */
  named(slug: string): Promise<Solution | undefined>;
  /**
   * The newest version of a name that was in force once: it is, or something else takes its place. Undefined when that one
   * was retired.
   */
  last(slug: string): Promise<(Solution & Pick<SolutionVersion, 'state'>) | undefined>;
  /** The runbook that is read at this origin, with its version in force; undefined where there is none. */
  ofOrigin(
    origin: string,
  ): Promise<{ readonly slug: string; readonly versionId: VersionId | null } | undefined>;
  /** A version, in force or not: what a run was started from. */
  version(id: VersionId): Promise<SolutionVersion | undefined>;
  /**
   * Takes a version out of force for good; what is indexed of its solution must be taken out with it. Undefined when
   * the version was not in force, and then nothing changed.
   */
  retire(id: VersionId, reason: string): Promise<SolutionId | undefined>;
  /**
   * active → deprecated, with the reason; what is indexed of its solution must be taken out with it. False when the version
   * is not active, and then nothing changed.
   */
  deprecate(id: VersionId, reason: string): Promise<boolean>;
  /**
   * deprecated → active, by a person; what was said until now does not deprecate it again, and its content must be put
   * into the index. Undefined when none of that name is deprecated.
   */
  revive(slug: string): Promise<Pick<Solution, 'id' | 'versionId' | 'content'> | undefined>;
  /** Those that have stopped working, the last first, with why: the one with this slug, or all but those in `hidden`. */
  deprecated(
    limit: number,
    only?: { readonly slug?: string; readonly hidden?: readonly SolutionId[] },
  ): Promise<readonly DeprecatedSolution[]>;
  /** Those in force that nobody has used for so many days, the longest unused first; which, as above. */
  unused(
    limit: number,
    afterDays: number,
    only?: { readonly slug?: string; readonly hidden?: readonly SolutionId[] },
  ): Promise<readonly UnusedSolution[]>;
  /**
   * A person says that a version in force is still needed: it is unused from now on, and what was said until now does not
   * deprecate it.
   */
  keep(id: VersionId): Promise<void>;
  /** Notes that the author of a solution is thanked now; false when they were within the last day. */
  thank(id: SolutionId): Promise<boolean>;
  all(): Promise<readonly Solution[]>;
  /** The stable name of every solution, in force or not. */
  slugs(): Promise<readonly { readonly id: SolutionId; readonly slug: string }[]>;
  /** Every value of every label that indexed solutions have, each once and a context of its own. */
  labels(): Promise<readonly Context[]>;
  /** Folded rates; a solution that was never shown is absent. */
  rates(ids: readonly SolutionId[]): Promise<ReadonlyMap<SolutionId, SolutionRate>>;
}
