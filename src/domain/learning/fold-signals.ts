import type { Context } from '../context.ts';
import { matchContext } from '../ranking/context-match.ts';
import { collectEvidence, type Share, weightsOf } from './collect-evidence.ts';
import { estimateRate } from './estimate-rate.ts';
import { defaultFoldSettings, type FoldSettings } from './fold-settings.ts';
import { type Signal, worthOf } from './signal.ts';
import type { BelievedRate, PlaceRate, SuccessRate, Tally } from './success-rate.ts';

/** Places of a solution that are kept apart; it was tried in the rest too seldom to tell them from the whole. */
const mostPlaces = 12;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Folds what is known of one solution into its rate, as of the beginning of the day of `now` (ms since the epoch), so
 * that another fold of the same day and the same rows gives the same numbers. The order of the signals does not matter.
 */
export function foldSignals(
  signals: readonly Signal[],
  now: number,
  settings: FoldSettings = defaultFoldSettings,
): SuccessRate {
  const day = startOfDay(now);
  const tally = countSignals(signals);
  const isKnown = tally.tried >= settings.leastSignals;
  const believe = (share?: Share): BelievedRate => {
    if (!isKnown) return unknownRate(settings);
    const { mean: success, doubt } = estimateRate(collectEvidence(signals, settings, share), day, settings);
    return { success, doubt };
  };
  const there = believe(() => settings.elsewhere);
  return {
    ...tally,
    ...believe(),
    elsewhere: there.success,
    doubtElsewhere: there.doubt,
    places: isKnown ? foldPlaces(signals, settings, believe) : [],
  };
}

export const startOfDay = (now: number): number => Math.floor(now / dayMs) * dayMs;

/** What a solution without enough data points is ranked by: mean and standard deviation of the Beta prior. */
export function unknownRate({ prior }: Pick<FoldSettings, 'prior'> = defaultFoldSettings): BelievedRate {
  const { worked, failed } = prior;
  const imagined = worked + failed;
  return { success: worked / imagined, doubt: Math.sqrt((worked * failed) / (imagined + 1)) / imagined };
}

/** Every run and alert is one data point, and so is every person, whose votes are split over it. */
export function countSignals(signals: readonly Signal[]): Tally {
  const weigh = weightsOf(signals);
  const people = new Set(signals.flatMap((signal) => (signal.kind === 'vote' ? [signal.person] : [])));
  const measured = signals.filter(({ kind }) => kind !== 'vote').length;
  const worked = signals.toSorted((one, other) => one.at - other.at || worthOf(one) - worthOf(other));
  return {
    worked: rounded(worked.reduce((sum, signal) => sum + weigh(signal) * worthOf(signal), 0)),
    tried: measured + people.size,
    lastWorkedAt: latest(signals.filter((signal) => worthOf(signal) === 1).map(({ at }) => at)),
  };
}

/** Thirds of votes add up to whole ones again. */
const rounded = (count: number): number => Math.round(count * 1000) / 1000;

/**
 * It worked on Ubuntu with MySQL says little about RDS: for each kind of place what is known to be elsewhere counts for
 * a part. What nobody said where it was counts everywhere.
 */
function foldPlaces(
  signals: readonly Signal[],
  { elsewhere }: FoldSettings,
  believe: (share: Share) => BelievedRate,
): readonly PlaceRate[] {
  const keys = new Map(signals.map((signal) => [signal, placeKey(signal.context)]));
  const byPlace = [...Map.groupBy(signals, (signal) => keys.get(signal) ?? '')];
  if (byPlace.length < 2) return [];
  const places = byPlace.map(([key, own]) => ({ key, context: own[0]?.context ?? {}, own }));
  return places
    .toSorted((one, other) => other.own.length - one.own.length || (one.key < other.key ? -1 : 1))
    .slice(0, mostPlaces)
    .map(({ context, own }) => {
      const away = new Set(
        places.filter((place) => isElsewhere(place.context, context)).map(({ key }) => key),
      );
      const share: Share = (signal) => (away.has(keys.get(signal) ?? '') ? elsewhere : 1);
      return { context, ...countSignals(own), ...believe(share) };
    });
}

/** Whether two places are known to differ. */
export function isElsewhere(one: Context, other: Context): boolean {
  return matchContext(one, other).differing.length > 0;
}

const placeKey = ({ os, application, environment, service, hostGroup }: Context): string =>
  JSON.stringify([os, application, [...(environment ?? [])].sort(), service, hostGroup]).toLowerCase();

const latest = (times: readonly number[]): number | null =>
  times.reduce<number | null>((last, at) => (last === null || at > last ? at : last), null);
