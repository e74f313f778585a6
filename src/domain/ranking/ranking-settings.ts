import { unknownRate } from '../learning/fold-signals.ts';
import type { BelievedRate } from '../learning/success-rate.ts';
import type { SolutionKind } from '../solution.ts';

/** When two solutions are two causes of one symptom, or one procedure written twice. */
export interface AlternativeSettings {
  /** How far apart the similarities of two solutions may be that count as equally good. */
  readonly margin: number;
  /** Least similarity of each of them, which is also how far below its threshold one may be shown beside the other. */
  readonly floor: Readonly<Record<SolutionKind, number>>;
  /** The share of text or commands in common from which two solutions are one procedure. */
  readonly repeat: number;
}

/** Everything that decides which solutions are shown and in which order. */
export interface RankingSettings {
  readonly weights: { readonly similarity: number; readonly success: number; readonly context: number };
  /** Added for a kind that can be run step by step. */
  readonly automationBonus: Readonly<Record<SolutionKind, number>>;
  /** Least similarity that is worth showing. A case is one event: it must be much more alike than a runbook. */
  readonly thresholds: Readonly<Record<SolutionKind, number>>;
  /** How many are shown. */
  readonly maximum: number;
  /** What is believed of a solution that nobody has reported on. */
  readonly unknown: BelievedRate;
  /**
   * How many standard deviations better than is believed a solution is taken to be when they are put in order. What was
   * never tried is then shown before what works half the time, and its rate becomes known. 0: never.
   */
  readonly benefitOfDoubt: number;
  readonly alternatives: AlternativeSettings;
  /** Least similarity of what is shown as "closest, but not sure". */
  readonly closestFloor: number;
}

export const defaultRankingSettings: RankingSettings = {
  weights: { similarity: 0.5, success: 0.3, context: 0.2 },
  automationBonus: { runbook: 0.15, case: 0 },
  thresholds: { runbook: 0.5, case: 0.7 },
  maximum: 3,
  unknown: unknownRate(),
  benefitOfDoubt: 1,
  alternatives: { margin: 0.2, floor: { runbook: 0.3, case: 0.55 }, repeat: 0.85 },
  closestFloor: 0.1,
};
