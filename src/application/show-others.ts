import { closestCard } from '#domain/wording/closest-card.ts';
import { recordRecommendations } from './record-recommendations.ts';
import { createShow, type Show, type ShowNeeds } from './show-closest.ts';

/** "None of these": shows what comes next, without what the thread has seen. */
export const createShowOthers = (needs: ShowNeeds) => createShow(needs, showNext);

const showNext: Show = async ({ ids, clock, settings }, transaction, { id }, { ranked, closest }) => {
  const incident = await transaction.incidents.lock(id);
  if (!incident) return 'This question is gone. Ask again to get a fresh answer.';
  const seen = new Set(
    (await transaction.recommendations.inIncident(id)).map(({ solutionId }) => solutionId),
  );
  const next = [...ranked, ...closest]
    .filter(({ solution }) => !seen.has(solution.id))
    .slice(0, settings.ranking.maximum)
    .map((one) => ({ ...one, alternativeOf: null, check: null }));
  if (next.length === 0)
    return 'Nothing else comes close. Add what you see and mention @recourse to ask again.';
  const { postId, shown } = await recordRecommendations(transaction, ids, incident, next);
  const card = closestCard(shown, settings.ranking.thresholds, clock.now());
  await transaction.outbox.post(postId, incident, card, 'answer');
  return undefined;
};
