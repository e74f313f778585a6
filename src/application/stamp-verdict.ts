import type { RunId } from '#domain/ids.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Run } from '#domain/run/run.ts';
import { solutionTitle } from '#domain/solution.ts';
import { withSaid } from '#domain/wording/answer-opinions.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { endingOf } from './ask-verdict.ts';
import { saidOf } from './said-of.ts';
import { mayTurnBack } from './turn-back.ts';

/** Brings the card that asks whether it worked up to date, before it is used the answer: who voted, who said what. */
export async function stampVerdict(transaction: Transaction, recommendation: Recommendation): Promise<void> {
  const { incidents, outbox, runs, solutions } = transaction;
  const { id, verdictPostId } = recommendation;
  if (!verdictPostId) return stampAnswer(transaction, recommendation);
  const version = await solutions.version(recommendation.versionId);
  const incident = await incidents.find(recommendation.incidentId);
  if (!version || !incident) return;
  const run = await runs.ofRecommendation(id);
  const view = {
    recommendationId: id,
    title: solutionTitle(version),
    ending: endingOf(run),
    undoable: await undoableOf(transaction, version, run),
    thread: incident.thread,
    resolvedInMs: await incidents.resolvedIn(incident.id),
    ...(await saidOf(transaction, id)),
  };
  await outbox.revise(verdictPostId, verdictCard(view), 'answer');
}

async function stampAnswer(
  transaction: Transaction,
  { id, postId, incidentId }: Recommendation,
): Promise<void> {
  const { incidents, outbox } = transaction;
  // The card shows other solutions too, of which others may be saying something right now.
  await incidents.lock(incidentId);
  const card = (await outbox.find(postId))?.reply;
  const now = card && withSaid(card, id, await saidOf(transaction, id));
  if (now) await outbox.revise(postId, now, 'answer');
}

async function undoableOf(
  transaction: Transaction,
  { content }: SolutionVersion,
  run: Run | undefined,
): Promise<RunId | null> {
  if (!run || content.kind !== 'runbook') return null;
  return (await mayTurnBack(transaction, content.runbook, run)) ? run.id : null;
}
