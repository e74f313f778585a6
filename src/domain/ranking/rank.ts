import type { Context } from '../context.ts';
import type { SolutionId } from '../ids.ts';
import type { SuccessRate } from '../learning/success-rate.ts';
import { type Solution, type SolutionKind, solutionAppliesTo } from '../solution.ts';
import { matchContext } from './context-match.ts';
import { explainRank } from './explain-rank.ts';

/** Everything that decides which solutions are shown and in which order. */
export interface RankingSettings {
  readonly weights: { readonly similarity: number; readonly success: number; readonly context: number };
  /** Added for a kind that can be run step by step. */
  readonly automationBonus: Readonly<Record<SolutionKind, number>>;
  /** Least similarity that is worth showing. A case is one event: it must be much more alike than a runbook. */
  readonly thresholds: Readonly<Record<SolutionKind, number>>;
  /** How many are shown. */
  readonly maximum: number;
  /** The success of a solution that nobody has reported on. */
  readonly unknownSuccess: number;
}

export const defaultRankingSettings: RankingSettings = {
  weights: { similarity: 0.5, success: 0.3, context: 0.2 },
  automationBonus: { runbook: 0.15, case: 0 },
  thresholds: { runbook: 0.5, case: 0.7 },
  maximum: 3,
  unknownSuccess: 0.5,
};

/** What the search found; structurally the Candidate of ports/solution-search. */
export interface RankingCandidate {
  readonly solution: Solution;
  readonly similarity: number;
  readonly matchedWords: readonly string[];
}

export interface RankingInput {
  readonly candidates: readonly RankingCandidate[];
  readonly rates: ReadonlyMap<SolutionId, SuccessRate>;
  /** What is known of the incident. */
  readonly context: Context;
  readonly settings?: RankingSettings;
}

/** A solution worth showing, with every part of its confidence; all parts are 0…1. */
export interface RankedSolution {
  readonly solution: Solution;
  readonly confidence: number;
  readonly similarity: number;
  readonly success: number;
  readonly context: number;
  /** Short reasons for people: words that matched, labels that fit, what it did before. */
  readonly why: readonly string[];
}

/**
 * The solutions worth showing, best first: confidence = 0.5 · similarity + 0.3 · success + 0.2 · context,
 * plus the automation bonus, at most 1. Below its kind's threshold nothing is shown. A case from a context that is
 * known to differ is left out; a runbook only loses rank. Ties: more similar, more often tried, then by slug.
 */
export function rank({
  candidates,
  rates,
  context,
  settings = defaultRankingSettings,
}: RankingInput): readonly RankedSolution[] {
  const tried = (solution: Solution): number => rates.get(solution.id)?.tried ?? 0;
  return candidates
    .filter(({ solution, similarity }) => similarity >= settings.thresholds[solution.content.kind])
    .filter(({ solution }) => fits(solution, context))
    .map((candidate) => judge(candidate, rates.get(candidate.solution.id), context, settings))
    .sort(
      (one, other) =>
        other.confidence - one.confidence ||
        other.similarity - one.similarity ||
        tried(other.solution) - tried(one.solution) ||
        compareText(one.solution.slug, other.solution.slug),
    )
    .slice(0, settings.maximum);
}

function fits(solution: Solution, context: Context): boolean {
  return (
    solution.content.kind === 'runbook' ||
    matchContext(solutionAppliesTo(solution), context).differing.length === 0
  );
}

function judge(
  { solution, similarity, matchedWords }: RankingCandidate,
  rate: SuccessRate | undefined,
  context: Context,
  settings: RankingSettings,
): RankedSolution {
  const match = matchContext(solutionAppliesTo(solution), context);
  const success = rate?.success ?? settings.unknownSuccess;
  const { weights } = settings;
  const sum =
    weights.similarity * similarity +
    weights.success * success +
    weights.context * match.score +
    settings.automationBonus[solution.content.kind];
  return {
    solution,
    confidence: Math.min(1, sum),
    similarity,
    success,
    context: match.score,
    why: explainRank({ matchedWords, match, context, rate }),
  };
}

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
