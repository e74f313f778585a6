import type { FoldSettings } from './fold-settings.ts';

/** What one incident says of a solution, as likelihoods of all its signals. `at` is ms since the epoch. */
export interface Evidence {
  readonly ifWorked: number;
  readonly ifFailed: number;
  readonly at: number;
}

/** What is believed of a rate: its mean, its standard deviation, and how probable it is that it is below one half; all 0…1. */
export interface RateEstimate {
  readonly mean: number;
  readonly doubt: number;
  readonly belowHalf: number;
}

/** Rates that are told apart; none is 0, 1 or one half. */
const points = 40;
const rates = Float64Array.from({ length: points }, (_, at) => (at + 0.5) / points);

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The rate that incidents speak for, as of `now`. Bayes over a grid of rates, from the oldest incident to the newest. A
 * plain Beta would take each signal for the truth and two signals of one incident for two incidents; a signal is right
 * only so often, and what is measured here is how often the incident itself came out well. Between two incidents the
 * rate may have become any other, so what is believed moves back towards the prior: that is how evidence ages.
 */
export const estimateRate = (
  evidence: readonly Evidence[],
  now: number,
  settings: Pick<FoldSettings, 'prior' | 'halfLifeDays'>,
): RateEstimate => summarise(believeRate(evidence, now, settings));

/** The same as how much is believed of each rate that is told apart. */
export function believeRate(
  evidence: readonly Evidence[],
  now: number,
  settings: Pick<FoldSettings, 'prior' | 'halfLifeDays'>,
): Belief {
  const prior = priorOver(settings.prior);
  // Filled in place: a fold does this a million times.
  const belief = prior.slice();
  const halfLife = settings.halfLifeDays * dayMs;
  let seen: number | null = null;
  for (const one of evidence.toSorted(byTime)) {
    if (seen !== null) age(belief, prior, (one.at - seen) / halfLife);
    learn(belief, one);
    seen = one.at;
  }
  if (seen !== null) age(belief, prior, Math.max(0, now - seen) / halfLife);
  return belief;
}

/** The probability that one rate is below another, where what is believed of each does not depend on the other. */
export function probabilityBelow(one: Belief, other: Belief): number {
  let below = 0;
  let sum = 0;
  for (let at = 0; at < points; at += 1) {
    const weight = other[at] ?? 0;
    // Within one of the rates that are told apart it is even odds.
    below += weight * (sum + (one[at] ?? 0) / 2);
    sum += one[at] ?? 0;
  }
  return below;
}

/** A whole order, so that the result does not depend on how rows came: numbers are added in one way only. */
const byTime = (one: Evidence, other: Evidence): number =>
  one.at - other.at || one.ifWorked - other.ifWorked || one.ifFailed - other.ifFailed;

/** How much is believed of each of the rates; adds up to 1. */
export type Belief = Float64Array;

function priorOver({ worked, failed }: FoldSettings['prior']): Belief {
  const prior = rates.map((rate) => rate ** (worked - 1) * (1 - rate) ** (failed - 1));
  scale(prior, prior.reduce(add, 0));
  return prior;
}

function learn(belief: Belief, { ifWorked, ifFailed }: Evidence): void {
  let sum = 0;
  for (let at = 0; at < points; at += 1) {
    const rate = rates[at] ?? 0;
    const weight = (belief[at] ?? 0) * (rate * ifWorked + (1 - rate) * ifFailed);
    belief[at] = weight;
    sum += weight;
  }
  scale(belief, sum);
}

function age(belief: Belief, prior: Belief, halfLives: number): void {
  const kept = 0.5 ** halfLives;
  for (let at = 0; at < points; at += 1)
    belief[at] = kept * (belief[at] ?? 0) + (1 - kept) * (prior[at] ?? 0);
}

function scale(weights: Belief, sum: number): void {
  for (let at = 0; at < points; at += 1) weights[at] = (weights[at] ?? 0) / sum;
}

const add = (one: number, other: number): number => one + other;

function summarise(belief: Belief): RateEstimate {
  let mean = 0;
  let squares = 0;
  let belowHalf = 0;
  belief.forEach((weight, at) => {
    const rate = rates[at] ?? 0;
    mean += weight * rate;
    squares += weight * rate * rate;
    if (rate < 0.5) belowHalf += weight;
  });
  return { mean, doubt: Math.sqrt(Math.max(0, squares - mean * mean)), belowHalf };
}
