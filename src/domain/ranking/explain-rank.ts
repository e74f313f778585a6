import type { Context, ContextLabel } from '../context.ts';
import type { SuccessRate } from '../learning/success-rate.ts';
import type { ContextMatch } from './context-match.ts';

export interface RankReasons {
  readonly matchedWords: readonly string[];
  readonly match: ContextMatch;
  readonly context: Context;
  readonly rate: SuccessRate | undefined;
}

const labelNames = {
  os: 'os',
  application: 'application',
  environment: 'environment',
  service: 'service',
  hostGroup: 'host group',
} as const satisfies Record<ContextLabel, string>;

/** Fewer reports than this say nothing about a solution. */
const leastReports = 3;

/** Why a solution is where it is, one short line a reason; counts and dates are shown beside it, not here. */
export function explainRank({ matchedWords, match, context, rate }: RankReasons): readonly string[] {
  const words = matchedWords.length > 0 ? [`matches ${matchedWords.join(', ')}`] : [];
  const labels = match.matching.map((label) => `fits ${labelNames[label]} ${labelValue(context, label)}`);
  const others = match.differing.map((label) => `made for another ${labelNames[label]}`);
  return [...words, ...labels, ...others, ...pastUse(rate)];
}

function labelValue(context: Context, label: ContextLabel): string {
  const value = context[label];
  return typeof value === 'string' ? value : (value ?? []).join('/');
}

function pastUse(rate: SuccessRate | undefined): readonly string[] {
  if (!rate || rate.tried < leastReports) return [];
  if (rate.success >= 0.7) return ['has mostly worked'];
  return rate.success < 0.4 ? ['has mostly not worked'] : [];
}
