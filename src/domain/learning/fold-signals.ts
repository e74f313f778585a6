import type { Signal } from './signal.ts';
import type { SuccessRate } from './success-rate.ts';
import { verdictValue } from './verdict.ts';

export interface FoldSettings {
  /** The Beta prior as imagined data points that worked and that failed. */
  readonly prior: { readonly worked: number; readonly failed: number };
  /** After this many days a data point counts half. */
  readonly halfLifeDays: number;
  /** With fewer data points than this the mean stays that of the prior. */
  readonly leastSignals: number;
}

/**
 * Two imagined data points: enough that 1 of 1 (0.67 if it counted at all) stays below 18 of 20 (0.86).
 *
 * Half-life: 90 % of real recurrences come within 20 days, so what happened within one such window must count
 * nearly in full and what is several windows old must be able to lose against it. Ninety days leaves 86 % after one
 * window and half after four and a half.
 */
export const defaultFoldSettings: FoldSettings = {
  prior: { worked: 1, failed: 1 },
  halfLifeDays: 90,
  leastSignals: 3,
};

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Folds what is known of one solution into its rate, as of `now` (ms since the epoch). One vote a person: their
 * latest. The order of the signals does not matter.
 */
export function foldSignals(
  signals: readonly Signal[],
  now: number,
  settings: FoldSettings = defaultFoldSettings,
): SuccessRate {
  const counted = latestVotes(signals);
  const worked = counted.reduce((sum, signal) => sum + worthOf(signal), 0);
  return {
    worked,
    tried: counted.length,
    success:
      counted.length < settings.leastSignals ? priorMean(settings) : posteriorMean(counted, now, settings),
    lastWorkedAt: latest(counted.filter((signal) => worthOf(signal) === 1).map(({ at }) => at)),
  };
}

/** What a solution without enough data points is ranked by. */
export function priorMean({ prior }: FoldSettings = defaultFoldSettings): number {
  return prior.worked / (prior.worked + prior.failed);
}

function posteriorMean(
  signals: readonly Signal[],
  now: number,
  { prior, halfLifeDays }: FoldSettings,
): number {
  let worked = prior.worked;
  let total = prior.worked + prior.failed;
  for (const signal of [...signals].sort((one, other) => one.at - other.at)) {
    const weight = 0.5 ** (Math.max(0, now - signal.at) / (halfLifeDays * dayMs));
    worked += weight * worthOf(signal);
    total += weight;
  }
  return worked / total;
}

/** All runs, and each person's last vote. Of two votes at one instant the less favourable counts. */
function latestVotes(signals: readonly Signal[]): readonly Signal[] {
  const votes = new Map<string, Signal & { readonly kind: 'vote' }>();
  for (const signal of signals) {
    if (signal.kind !== 'vote') continue;
    const known = votes.get(signal.person);
    if (!known || signal.at > known.at || (signal.at === known.at && worthOf(signal) < worthOf(known))) {
      votes.set(signal.person, signal);
    }
  }
  return [...signals.filter((signal) => signal.kind === 'run'), ...votes.values()];
}

function worthOf(signal: Signal): number {
  return signal.kind === 'vote' ? verdictValue[signal.verdict] : Number(signal.passed);
}

const latest = (times: readonly number[]): number | null =>
  times.reduce<number | null>((last, at) => (last === null || at > last ? at : last), null);
