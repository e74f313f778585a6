import { bad, type Fate, good } from './behave.ts';
import { type Rival, type Symptom, trueRate, yearDays } from './make-world.ts';
import type { Answered, PlayedYear } from './play-year.ts';

const measuredDays = 90;
const triedEnough = 10;

/** What one year showed. Counts; a share is `a` of `b`. */
export interface YearFigures {
  /** Mean distance of rank 1 from the best rival in the last 90 days, with and without learning; 0…1. */
  readonly regret: number;
  readonly regretUnlearnt: number;
  /** The same where an incident without an answer counts as a failure of its best rival. */
  readonly regretStrict: number;
  readonly unanswered: number;
  readonly deprecated: number;
  /** Of them, truly under 50 % when they were deprecated, and at the end of the year. */
  readonly rightly: number;
  readonly rightlyAtEnd: number;
  readonly badTried: number;
  readonly badDeprecated: number;
  /** The same of those tried often enough since they are bad. */
  readonly badTriedSince: number;
  readonly badDeprecatedSince: number;
  /** Attacked while they were good, and not deprecated while they were. */
  readonly goodAttacked: number;
  readonly goodShown: number;
  /** Attacked whenever, good at the end of the year, and shown then. */
  readonly goodAttackedAtEnd: number;
  readonly goodShownAtEnd: number;
  readonly isIdempotent: boolean;
}

export function measureYear({ fates, answers, unlearnt, isIdempotent }: PlayedYear): YearFigures {
  const late = answers.filter(({ happening }) => happening.at >= yearDays - measuredDays);
  const answered = late.filter(({ shown }) => shown.length > 0);
  const deprecated = fates.filter(isDeprecated);
  const badTried = fates.filter((fate) => rateAtEnd(fate) < bad && fate.tried >= triedEnough);
  const badTriedSince = badTried.filter(({ triedBad }) => triedBad >= triedEnough);
  const goodAttacked = fates.filter(({ attackedGood }) => attackedGood > 0);
  const goodAtEnd = fates.filter((fate) => rateAtEnd(fate) > good && fate.attacked > 0);
  return {
    regret: mean(answered.map((one) => regretOf(one, one.shown))),
    regretUnlearnt: mean(late.map((one) => regretOf(one, unlearnt.get(one.happening.wording) ?? []))),
    regretStrict: mean(late.map((one) => regretOf(one, one.shown))),
    unanswered: late.length - answered.length,
    deprecated: deprecated.length,
    rightly: deprecated.filter((fate) => rateThen(fate) < bad).length,
    rightlyAtEnd: deprecated.filter((fate) => rateAtEnd(fate) < bad).length,
    badTried: badTried.length,
    badDeprecated: badTried.filter(isDeprecated).length,
    badTriedSince: badTriedSince.length,
    badDeprecatedSince: badTriedSince.filter(isDeprecated).length,
    goodAttacked: goodAttacked.length,
    goodShown: goodAttacked.filter((fate) => !isDeprecated(fate) || rateThen(fate) <= good).length,
    goodAttackedAtEnd: goodAtEnd.length,
    goodShownAtEnd: goodAtEnd.filter((fate) => !isDeprecated(fate)).length,
    isIdempotent,
  };
}

const isDeprecated = ({ deprecatedAt }: Fate): boolean => deprecatedAt !== null;

/** The rate in force when it was deprecated. */
const rateThen = ({ rival, deprecatedAt }: Fate): number => trueRate(rival, (deprecatedAt ?? 0) - 0.5);

const rateAtEnd = ({ rival }: Fate): number => trueRate(rival, yearDays);

/** How far rank 1 is from the best that the team has; all of that where nothing is shown. */
function regretOf({ happening: { at, symptom } }: Answered, shown: readonly Rival[]): number {
  const [first] = shown;
  return bestOf(symptom, at) - (first ? trueRate(first, at) : 0);
}

const bestOf = ({ rivals }: Symptom, day: number): number =>
  Math.max(...rivals.map((rival) => trueRate(rival, day)));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
