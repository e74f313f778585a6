import type { Recurrence } from '../case-merge/resolve-merges.ts';
import type { Context } from '../context.ts';

/** What was counted. Times are milliseconds since the epoch. */
export interface Tally {
  /** Weighted count of what worked, shown as `worked n of N`; partly counts half. */
  readonly worked: number;
  /** Number of data points: each run, each alert, and each person once. */
  readonly tried: number;
  readonly lastWorkedAt: number | null;
}

/** What is believed of a rate; never shown, only ranked by. */
export interface BelievedRate {
  /** 0…1, the mean of what is believed. */
  readonly success: number;
  /** Its standard deviation, 0…0.5: large while there are few signals. */
  readonly doubt: number;
}

/** What is believed of incidents in one kind of place. */
export interface PlaceRate extends Tally, BelievedRate {
  readonly context: Context;
}

/** What the fold knows of a solution. */
export interface SuccessRate extends Tally, BelievedRate {
  /** Success and doubt where nothing is like the places it was tried in. */
  readonly elsewhere: number;
  readonly doubtElsewhere: number;
  /** Apart by place, the most tried first; empty when it was tried in one kind of place only. */
  readonly places: readonly PlaceRate[];
}

/** What a solution was used for, apart from how that went. Times are milliseconds since the epoch. */
export interface UseCounts {
  /** In how many incidents it was shown, and in how many it was chosen. */
  readonly recommended: number;
  readonly reused: number;
  readonly lastUsedAt: number | null;
  /** Median time from the beginning of an incident that it resolved to its end, in ms; null when it resolved none. */
  readonly resolvesInMs: number | null;
  /** Mean confidence with which it was shown, 0…1. */
  readonly confidence: number;
}

export const neverUsed: UseCounts = {
  recommended: 0,
  reused: 0,
  lastUsedAt: null,
  resolvesInMs: null,
  confidence: 0,
};

/** All that the fold keeps of a solution. */
export type SolutionRate = SuccessRate &
  UseCounts &
  Recurrence & {
    /** 0…1. */
    readonly quality: number;
    /** How many people it helped besides its authors; see `countHelped`. */
    readonly helped: number;
  };
