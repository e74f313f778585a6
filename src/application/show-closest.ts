import { type IncidentId, readId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { answerCard } from '#domain/wording/answer-card.ts';
import { closestCard } from '#domain/wording/closest-card.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { RankedAnswer, RankSolutions } from './rank-solutions.ts';
import { recordRecommendations } from './record-recommendations.ts';

export type ShowNeeds = Pick<Core, 'unitOfWork' | 'ids' | 'clock' | 'settings'> & {
  readonly rankSolutions: RankSolutions;
};

/** Shows in the incident's thread, once, what is closest to its problem. Whoever may ask may ask for this. */
export function createShowClosest(needs: ShowNeeds) {
  return createShow(needs, showOnce);
}

/** Why nothing was shown, as a sentence; undefined when it was. */
export type Show = (
  needs: ShowNeeds,
  transaction: Transaction,
  incident: Incident,
  answer: RankedAnswer,
) => Promise<string | undefined>;

/** Looks an incident's problem up anew, outside of any transaction, and shows something of what was found. */
export function createShow(needs: ShowNeeds, show: Show) {
  const { unitOfWork, ids, rankSolutions } = needs;
  return async ({ action, place, speaker }: ButtonPressed): Promise<void> => {
    const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
      unitOfWork.within(place.workspace, work);
    const id = readId<IncidentId>(action.id);
    const incident = id && (await within(({ incidents }) => incidents.find(id)));
    const answer = incident && (await rankSolutions(place.workspace, incident.problem, { speaker, place }));
    await within(async (transaction) => {
      const person = await meetSpeaker(transaction, { speaker, place });
      const refusal =
        incident && answer
          ? await show(needs, transaction, incident, answer)
          : 'This question is gone. Ask again to get a fresh answer.';
      if (refusal) await transaction.outbox.notify(ids.next(), place, person.externalId, notice(refusal));
    });
  };
}

/** Two who press at once wait for one another here. */
async function showOnce(
  { ids, clock, settings }: ShowNeeds,
  transaction: Transaction,
  { id }: Incident,
  { ranked, closest }: RankedAnswer,
): Promise<string | undefined> {
  const incident = await transaction.incidents.lock(id);
  if (!incident) return 'This question is gone. Ask again to get a fresh answer.';
  if ((await transaction.recommendations.inIncident(id)).length > 0)
    return 'Solutions were shown in this thread already; see above.';
  // What was learnt or loaded since the question may have made a good answer of a weak one.
  const solutions =
    ranked.length > 0 ? ranked : closest.map((one) => ({ ...one, alternativeOf: null, check: null }));
  if (solutions.length === 0) return 'Nothing comes close either.';
  const { postId, shown } = await recordRecommendations(transaction, ids, incident, solutions);
  const card =
    ranked.length > 0
      ? answerCard(shown, clock.now())
      : closestCard(shown, settings.ranking.thresholds, clock.now());
  await transaction.outbox.post(postId, incident, card, 'answer');
  return undefined;
}
