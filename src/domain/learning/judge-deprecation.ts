import { collectEvidence, evidenceWithoutEach } from './collect-evidence.ts';
import { type Evidence, estimateRate } from './estimate-rate.ts';
import type { FoldSettings } from './fold-settings.ts';
import { startOfDay } from './fold-signals.ts';
import type { Signal } from './signal.ts';

/** How much there is to judge by. */
export interface DataCount {
  readonly incidents: number;
  readonly people: number;
  /** Runs and alerts. */
  readonly measured: number;
}

/** What speaks against a solution that has stopped working. */
export interface Deprecation extends DataCount {
  /** Probability that its rate is below one half, 0…1. */
  readonly certainty: number;
}

/**
 * Whether a solution is to be deprecated, by the signals about its version in force since it was last put into force;
 * undefined when it stays. It must be certain without any one person too: nobody buries a solution alone.
 */
export function judgeDeprecation(
  signals: readonly Signal[],
  now: number,
  settings: FoldSettings,
): Deprecation | undefined {
  const found = countData(signals);
  const certaintyOf = (evidence: readonly Evidence[]): number =>
    estimateRate(evidence, startOfDay(now), settings).belowHalf;
  if (!isEnough(found, settings)) return undefined;
  const least = settings.deprecation.certainty;
  const certainty = certaintyOf(collectEvidence(signals, settings));
  if (certainty < least) return undefined;
  for (const others of evidenceWithoutEach(signals, settings))
    if (certaintyOf(others) < least) return undefined;
  return { ...found, certainty };
}

function peopleOf(signals: readonly Signal[]): ReadonlySet<string> {
  return new Set(signals.flatMap((signal) => (signal.kind === 'vote' ? [signal.person] : [])));
}

export function countData(signals: readonly Signal[]): DataCount {
  return {
    incidents: new Set(signals.map(({ incident }) => incident)).size,
    people: peopleOf(signals).size,
    measured: signals.filter(({ kind }) => kind !== 'vote').length,
  };
}

/** Whether so much may decide about a version. */
export function isEnough(
  { incidents, people, measured }: DataCount,
  { leastSignals, deprecation }: FoldSettings,
): boolean {
  return (
    people + measured >= leastSignals &&
    incidents >= deprecation.leastIncidents &&
    (people >= deprecation.leastPeople || measured >= deprecation.leastMeasured)
  );
}
