import type { Context } from '../context.ts';
import { rateInContext } from '../learning/rate-in-context.ts';
import type { SuccessRate } from '../learning/success-rate.ts';
import { type Solution, solutionAppliesTo } from '../solution.ts';
import { type ContextMatch, matchContext } from './context-match.ts';
import { explainRank } from './explain-rank.ts';
import type { MatchReasons, ScorePart } from './match-reasons.ts';
import type { RankingSettings } from './ranking-settings.ts';

/** What the search found; structurally the Candidate of ports/solution-search. */
export interface RankingCandidate {
  readonly solution: Solution;
  readonly similarity: number;
  readonly reasons: MatchReasons;
  readonly parts: readonly ScorePart[];
}

/** A solution with every part of its confidence; all numbers are 0…1. */
export interface RankedSolution extends RankingCandidate {
  readonly confidence: number;
  /** What it is ranked by: the confidence without its cap, and the benefit of the doubt. May be above 1. */
  readonly precedence: number;
  readonly success: number;
  readonly context: number;
  /** Label by label, what `context` is made of. */
  readonly match: ContextMatch;
  /** What its kind adds to the confidence. */
  readonly bonus: number;
  /** Short reasons for people: words that matched, labels that fit, what it did before. */
  readonly why: readonly string[];
}

/**
 * confidence = 0.5 · similarity + 0.3 · success + 0.2 · context, plus the automation bonus, at most 1.
 * Undefined for a case from a context that is known to differ: it is one event, and it was another one.
 */
export function judgeCandidate(
  candidate: RankingCandidate,
  rate: SuccessRate | undefined,
  context: Context,
  { weights, automationBonus, unknown, benefitOfDoubt }: RankingSettings,
): RankedSolution | undefined {
  const { solution, similarity, reasons } = candidate;
  const { kind } = solution.content;
  const match = matchContext(solutionAppliesTo(solution), context);
  if (kind === 'case' && match.differing.length > 0) return undefined;
  const { success, doubt } = rate ? rateInContext(rate, context) : unknown;
  const bonus = automationBonus[kind];
  const sum =
    weights.similarity * similarity + weights.success * success + weights.context * match.score + bonus;
  return {
    ...candidate,
    confidence: Math.min(1, sum),
    precedence: sum + weights.success * benefitOfDoubt * doubt,
    success,
    context: match.score,
    match,
    bonus,
    why: explainRank({ reasons, match, context, rate, success }),
  };
}
