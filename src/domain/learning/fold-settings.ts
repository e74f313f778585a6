import type { SignalKind } from './signal.ts';

/** When a solution is deprecated; all of it must hold. */
export interface DeprecationSettings {
  /** Least probability, 0…1, that the rate is below one half. */
  readonly certainty: number;
  readonly leastIncidents: number;
  /** Either votes of so many people, … */
  readonly leastPeople: number;
  /** … or so many runs and alerts. */
  readonly leastMeasured: number;
}

export interface FoldSettings {
  /** The Beta prior as imagined incidents in which it worked and in which it did not. */
  readonly prior: { readonly worked: number; readonly failed: number };
  /** After so many days it is even odds whether what was measured still holds. */
  readonly halfLifeDays: number;
  /** With fewer data points than this a rate stays that of the prior, and nothing is deprecated. */
  readonly leastSignals: number;
  /** How often a signal says what was the case, above 0.5 and below 1. */
  readonly trust: Readonly<Record<SignalKind, number>>;
  /** What an incident counts for a context that it is known to differ from, 0…1. */
  readonly elsewhere: number;
  readonly deprecation: DeprecationSettings;
  /** After so many days without use a solution is shown as stale. */
  readonly staleAfterDays: number;
  /** After so many days without use somebody is asked whether it is still needed. */
  readonly retireAfterDays: number;
}

/**
 * Prior: one and a half imagined incidents each way, so that 1 of 1 stays below 18 of 20. Half-life: a fix lasts about
 * as long as the systems that it was made for, and what people say of it later shows a change soon. Trust: what the
 * simulated year is made with; real votes are rather better than real checks. All of it is measured by
 * `npm run bench:learning`; docs/learning.md has the figures.
 */
export const defaultFoldSettings: FoldSettings = {
  prior: { worked: 1.5, failed: 1.5 },
  halfLifeDays: 700,
  leastSignals: 3,
  trust: { vote: 0.9, run: 0.8, alert: 0.8 },
  elsewhere: 0.2,
  deprecation: { certainty: 0.95, leastIncidents: 2, leastPeople: 2, leastMeasured: 3 },
  staleAfterDays: 183,
  retireAfterDays: 275,
};
