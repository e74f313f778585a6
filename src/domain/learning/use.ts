import type { IncidentId, SolutionId } from '../ids.ts';
import { startOfDay } from './fold-signals.ts';

/** An incident for which a solution was chosen. `resolved`: more people say that it worked than that it did not. */
export interface SolutionUse {
  readonly solutionId: SolutionId;
  readonly incidentId: IncidentId;
  /** What was wrong, as it was said. */
  readonly problem: string;
  readonly how: 'resolved' | 'picked';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface UseSettings {
  /** What a choice counts that nobody confirmed; a confirmed one counts 1. */
  readonly pickedShare: number;
  /** After this many days a use counts half. */
  readonly halfLifeDays: number;
  /** Below this a use is forgotten. */
  readonly leastWeight: number;
  /** Newest uses kept a solution: its words are learnt by then, and old ones describe old systems. */
  readonly mostPerSolution: number;
}

/** A use fades slower than a rate: what an incident is called changes less than whether a fix works. */
export const defaultUseSettings: UseSettings = {
  pickedShare: 0.3,
  halfLifeDays: 180,
  leastWeight: 0.05,
  mostPerSolution: 20,
};

const dayMs = 24 * 60 * 60 * 1000;

/**
 * How much a use teaches as of the beginning of the day of `now` (ms since the epoch), 0…1 in hundredths, so that few change
 * from one day to the next and none within a day; 0 when it is to be forgotten.
 */
export function weighUse(
  { how, at }: Pick<SolutionUse, 'how' | 'at'>,
  now: number,
  settings: UseSettings = defaultUseSettings,
): number {
  const share = how === 'resolved' ? 1 : settings.pickedShare;
  const weight = share * 0.5 ** (Math.max(0, startOfDay(now) - at) / dayMs / settings.halfLifeDays);
  return weight < settings.leastWeight ? 0 : Math.round(weight * 100) / 100;
}
