import type { Context, ContextLabel } from '../context.ts';
import type { SuccessRate } from '../learning/success-rate.ts';
import type { ContextMatch } from './context-match.ts';
import type { MatchReasons } from './match-reasons.ts';

export interface RankReasons {
  readonly reasons: MatchReasons;
  readonly match: ContextMatch;
  readonly context: Context;
  readonly rate: SuccessRate | undefined;
  /** How likely it works here, as it is ranked by. */
  readonly success: number;
}

export const labelNames = {
  os: 'os',
  application: 'application',
  environment: 'environment',
  service: 'service',
  hostGroup: 'host group',
} as const satisfies Record<ContextLabel, string>;

/** Fewer reports than this say nothing about a solution. */
const leastReports = 3;

/** From here on the place makes a difference to how likely it works. */
const leastDifference = 0.15;

/** For what has the benefit of the doubt: its confidence alone would put it lower. */
export const lessKnown = 'less is known of it than of what comes below';

/** Meaning below this is what any two texts have in common. */
const leastMeaning = 0.5;

/**
 * Why a solution is where it is, one short line a reason, the most telling first: what matched, what fits, what it did
 * before. Every word in it is one that matched; counts and dates are shown beside it, not here. Plain text to escape.
 */
export function explainRank({ reasons, match, context, rate, success }: RankReasons): readonly string[] {
  const labels = match.matching.map((label) => `fits ${labelNames[label]} ${labelValue(context, label)}`);
  const others = match.differing.map((label) => `made for another ${labelNames[label]}`);
  return [...matchLines(reasons), ...labels, ...others, ...pastUse(rate, success)];
}

function matchLines({
  alert,
  words,
  synonyms,
  phrases,
  learnt,
  linked,
  meaning,
}: MatchReasons): readonly string[] {
  const rest = words.filter((word) => word !== alert);
  return [
    ...(linked ? ['the rule of the alert links to it'] : []),
    ...(alert === null ? [] : [`alert ${alert}`]),
    ...list('', rest),
    ...synonyms.map(({ said, found }) => `“${said}” is called ${found} here`),
    ...list('together: ', phrases),
    ...list('words of incidents it solved: ', learnt),
    ...(meaning !== null && meaning >= leastMeaning
      ? [`close in meaning (${Math.round(meaning * 100)} %)`]
      : []),
  ];
}

const list = (lead: string, words: readonly string[]): readonly string[] =>
  words.length > 0 ? [`${lead}${words.join(', ')}`] : [];

/** The value of a label for people: several are joined by a slash. */
export function labelValue(context: Context, label: ContextLabel): string {
  const value = context[label];
  return typeof value === 'string' ? value : (value ?? []).join('/');
}

function pastUse(rate: SuccessRate | undefined, success: number): readonly string[] {
  if (!rate || rate.tried < leastReports) return [];
  if (success >= 0.7) return ['has mostly worked'];
  if (success < 0.4) return ['has mostly not worked'];
  return Math.abs(success - rate.success) >= leastDifference ? ['was tried in other places than this'] : [];
}
