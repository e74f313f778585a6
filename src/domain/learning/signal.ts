import type { Context } from '../context.ts';
import type { Verdict } from './verdict.ts';

/** What every data point tells: the incident, where that was, the version that was used. `at` is ms since the epoch. */
interface Told {
  readonly incident: string;
  readonly context: Context;
  readonly version: string;
  readonly at: number;
}

/** One data point about a solution. */
export type Signal =
  | (Told & { readonly kind: 'vote'; readonly person: string; readonly verdict: Verdict })
  /** Begun by `person`; `passed` when all validation steps succeeded; only runs that reached validation give a signal. */
  | (Told & { readonly kind: 'run'; readonly person: string; readonly passed: boolean })
  /** `passed` when the alert that the solution was used for resolved within its window. */
  | (Told & { readonly kind: 'alert'; readonly passed: boolean });

export type SignalKind = Signal['kind'];

/** How much of a success a signal is, 0…1. */
export function worthOf(signal: Signal): number {
  return signal.kind === 'vote' ? verdictWorth[signal.verdict] : Number(signal.passed);
}

const verdictWorth = { worked: 1, partly: 0.5, failed: 0 } as const satisfies Record<Verdict, number>;
