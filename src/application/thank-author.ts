import { type IncidentId, readId } from '#domain/ids.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import { thanksCard } from '#domain/wording/thanks-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { incidentOfCase } from './draft-case.ts';

/**
 * Tells the author of a case that it helped, in the thread that the case came from, once a day at most. Not for a use of their
 * own, and not to somebody who does not want it. Who voted is told to nobody: a vote is about the case.
 */
export async function thankAuthor(
  { ids }: Pick<Core, 'ids'>,
  transaction: Transaction,
  recommendation: Recommendation,
): Promise<void> {
  const { audit, incidents, outbox, people, recommendations, solutions } = transaction;
  const version = await solutions.version(recommendation.versionId);
  if (version?.content.kind !== 'case') return;
  const author = await people.thankable(version.author);
  const votes = await recommendations.votes(recommendation.id);
  const helped = votes.some(({ verdict, personId }) => verdict === 'worked' && personId !== author?.id);
  if (!author || !helped) return;
  const id = readId<IncidentId>(incidentOfCase(version.slug));
  const incident = id && (await incidents.find(id));
  // Of two who vote at the same time, or on two replicas, one has it.
  if (!incident || incident.state === 'dismissed' || !(await solutions.thank(version.solutionId))) return;
  await outbox.post(ids.next(), incident, thanksCard(version.content.case.title, author), 'answer');
  await audit.append({
    actor: 'feedback',
    event: 'author.thanked',
    details: { solution: version.solutionId, author: author.externalId },
  });
}
