import type { Context } from '../context.ts';
import type { SolutionId } from '../ids.ts';
import type { SuccessRate } from '../learning/success-rate.ts';
import { chooseClosest, chooseShown } from './choose-shown.ts';
import { lessKnown } from './explain-rank.ts';
import { judgeCandidate, type RankedSolution, type RankingCandidate } from './judge-candidate.ts';
import { defaultRankingSettings, type RankingSettings } from './ranking-settings.ts';

export interface RankingInput {
  readonly candidates: readonly RankingCandidate[];
  readonly rates: ReadonlyMap<SolutionId, SuccessRate>;
  /** What is known of the incident. */
  readonly context: Context;
  readonly settings?: RankingSettings;
}

export interface Ranking {
  /** Worth showing, best first; often empty, which is the honest answer. */
  readonly shown: readonly RankedSolution[];
  /** The most similar of what is below its threshold, most similar first: no answer unless somebody asks for it. */
  readonly closest: readonly RankedSolution[];
}

/**
 * What the rule of the alert links to comes first, then by confidence with the benefit of the doubt; ties by similarity,
 * then how often tried, then slug. Below its kind's threshold nothing is shown. A case from a context that is known to differ is in neither list; a runbook only loses rank.
 */
export function rank({
  candidates,
  rates,
  context,
  settings = defaultRankingSettings,
}: RankingInput): Ranking {
  const tried = ({ solution }: RankedSolution): number => rates.get(solution.id)?.tried ?? 0;
  const judged = candidates
    .flatMap(
      (candidate) => judgeCandidate(candidate, rates.get(candidate.solution.id), context, settings) ?? [],
    )
    .sort(
      (one, other) =>
        Number(other.reasons.linked) - Number(one.reasons.linked) ||
        other.precedence - one.precedence ||
        other.similarity - one.similarity ||
        tried(other) - tried(one) ||
        compareText(one.solution.slug, other.solution.slug),
    );
  const shown = chooseShown(judged, settings);
  return { shown: shown.map(tellDoubt), closest: chooseClosest(judged, shown, settings) };
}

/** Whoever sees a lower confidence before a higher one is told why. */
function tellDoubt(one: RankedSolution, place: number, shown: readonly RankedSolution[]): RankedSolution {
  const isFavoured =
    !one.reasons.linked && shown.slice(place + 1).some(({ confidence }) => confidence > one.confidence);
  return isFavoured ? { ...one, why: [...one.why, lessKnown] } : one;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
