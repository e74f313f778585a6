import { collectEvidence, evidenceWithoutEach } from './collect-evidence.ts';
import { believeRate, type Evidence, probabilityBelow } from './estimate-rate.ts';
import type { FoldSettings } from './fold-settings.ts';
import { startOfDay } from './fold-signals.ts';
import { countData, type DataCount, isEnough } from './judge-deprecation.ts';
import type { Signal } from './signal.ts';

/** What speaks for it that a version does worse than the one before it. */
export interface Decline extends DataCount {
  /** Probability that its rate is below the other one's, 0…1. */
  readonly certainty: number;
}

/**
 * Whether a version works less often than the one that it took the place of, by the signals about each. As a deprecation it
 * asks for enough data about the new one and some about the old, and must be certain without any one person too.
 */
export function judgeDecline(
  after: readonly Signal[],
  before: readonly Signal[],
  now: number,
  settings: FoldSettings,
): Decline | undefined {
  const found = countData(after);
  const known = countData(before);
  if (!isEnough(found, settings) || known.people + known.measured < settings.leastSignals) return undefined;
  const believe = (evidence: readonly Evidence[]) => believeRate(evidence, startOfDay(now), settings);
  const old = believe(collectEvidence(before, settings));
  const fresh = believe(collectEvidence(after, settings));
  const least = settings.deprecation.certainty;
  const certainty = probabilityBelow(fresh, old);
  if (certainty < least) return undefined;
  for (const others of evidenceWithoutEach(after, settings))
    if (probabilityBelow(believe(others), old) < least) return undefined;
  for (const others of evidenceWithoutEach(before, settings))
    if (probabilityBelow(fresh, believe(others)) < least) return undefined;
  return { ...found, certainty };
}
