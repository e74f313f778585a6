import type { Verdict } from './verdict.ts';

/** One data point about a solution: a person's vote, or how a run of it ended. `at` is ms since the epoch. */
export type Signal =
  | {
      readonly kind: 'vote';
      readonly person: string;
      readonly incident: string;
      readonly verdict: Verdict;
      readonly at: number;
    }
  /** `passed` when all validation steps succeeded; only runs that reached validation give a signal. */
  | { readonly kind: 'run'; readonly incident: string; readonly passed: boolean; readonly at: number };
