import type { SolutionContent, VersionSource, VersionState } from '../solution.ts';
import type { Audience } from '../visibility/visibility.ts';

/** What a file of exported knowledge says of a version beside its text. `createdAt` is milliseconds since the epoch. */
export interface VersionRecord {
  readonly version: number;
  readonly state: VersionState;
  /** Why it is in this state; null when nobody said. */
  readonly reason: string | null;
  /** The number of the version that it was made from; null for the first. */
  readonly parent: number | null;
  readonly author: string;
  readonly source: VersionSource;
  readonly origin: string;
  readonly createdAt: number;
  /** For whom its solution is; absent where it is for everybody and came from no channel. */
  readonly audience?: Audience | undefined;
}

/** A version with all that is kept of it. */
export interface RecordedVersion extends VersionRecord {
  readonly slug: string;
  readonly content: SolutionContent;
  /** The source text, as it was written. */
  readonly text: string;
}

export const versionSources = [
  'import',
  'human',
  'case',
  'model',
] as const satisfies readonly VersionSource[];

export const versionStates = [
  'draft',
  'in-review',
  'active',
  'superseded',
  'rejected',
  'retired',
  'deprecated',
] as const satisfies readonly VersionState[];

/** Of each solution one version counts at a time: it is shown, or it was until it stopped working. */
export const isInForce = (state: VersionState): boolean => state === 'active' || state === 'deprecated';

/** The version that a solution's own file holds: the one in force, else the newest. */
export function headOf<V extends Pick<VersionRecord, 'version' | 'state'>>(
  versions: readonly V[],
): V | undefined {
  const newest = versions.toSorted((one, other) => other.version - one.version);
  return newest.find(({ state }) => isInForce(state)) ?? newest[0];
}
