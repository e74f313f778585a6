import type { Incident } from '#domain/incident.ts';
import type { Alternative } from '#domain/ranking/find-alternatives.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { ShownSolution } from '#domain/wording/solution-blocks.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { RatedSolution } from './rank-solutions.ts';

/** Keeps what one post shows in an incident, so that its buttons work as long as the row lives. */
export async function recordRecommendations(
  { recommendations }: Pick<Transaction, 'recommendations'>,
  ids: Core['ids'],
  incident: Incident,
  solutions: readonly (RatedSolution & Alternative)[],
  postId: Recommendation['postId'] = ids.next(),
): Promise<{ readonly postId: Recommendation['postId']; readonly shown: readonly ShownSolution[] }> {
  const shown = solutions.map(
    ({ solution, rate, staleSince, alternativeOf, check, ...score }, index): ShownSolution => {
      const recommendation: Recommendation = {
        id: ids.next(),
        incidentId: incident.id,
        solutionId: solution.id,
        versionId: solution.versionId,
        rank: index + 1,
        confidence: score.confidence,
        similarity: score.similarity,
        success: score.success,
        context: score.context,
        why: score.why,
        state: 'shown',
        postId,
        verdictPostId: null,
      };
      return { recommendation, solution, rate, staleSince, alternativeOf, check };
    },
  );
  await recommendations.add(shown.map(({ recommendation }) => recommendation));
  return { postId, shown };
}
