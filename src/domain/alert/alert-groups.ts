import type { Severity } from './severity.ts';

/** The alerts of one name in a storm. */
export interface AlertGroup {
  readonly name: string;
  /** Those that fire or are acknowledged. */
  readonly going: number;
  readonly total: number;
  /** The worst of them; null when none of them has one. */
  readonly severity: Severity | null;
}

/** The greatest groups, and how many there are. */
export interface AlertGroups {
  readonly top: readonly AlertGroup[];
  readonly count: number;
}
