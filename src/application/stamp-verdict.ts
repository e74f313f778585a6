import type { PersonId } from '#domain/ids.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import { solutionTitle } from '#domain/solution.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { endingOf } from './ask-verdict.ts';

/** Brings the card that asks whether it worked up to date: who voted, who said what. */
export async function stampVerdict(transaction: Transaction, recommendation: Recommendation): Promise<void> {
  const { incidents, outbox, recommendations, runs, solutions } = transaction;
  const { id, verdictPostId } = recommendation;
  const version = await solutions.version(recommendation.versionId);
  const incident = await incidents.find(recommendation.incidentId);
  if (!verdictPostId || !version || !incident) return;
  const view = {
    recommendationId: id,
    title: solutionTitle(version),
    ending: endingOf(await runs.ofRecommendation(id)),
    thread: incident.thread,
    votes: await named(transaction, await recommendations.votes(id)),
    comments: await named(transaction, await recommendations.comments(id)),
  };
  await outbox.revise(verdictPostId, verdictCard(view), 'answer');
}

async function named<T extends { readonly personId: PersonId }>(
  { people }: Transaction,
  said: readonly T[],
): Promise<readonly (T & { readonly name: string })[]> {
  const all = [];
  for (const one of said) all.push({ ...one, name: (await people.find(one.personId))?.name ?? 'somebody' });
  return all;
}
