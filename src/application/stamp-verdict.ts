import type { PersonId, RunId } from '#domain/ids.ts';
import { standingReport } from '#domain/learning/report.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Run } from '#domain/run/run.ts';
import { solutionTitle } from '#domain/solution.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { endingOf } from './ask-verdict.ts';
import { mayTurnBack } from './step-view.ts';

/** Brings the card that asks whether it worked up to date: who voted, who said what. */
export async function stampVerdict(transaction: Transaction, recommendation: Recommendation): Promise<void> {
  const { incidents, outbox, recommendations, runs, solutions } = transaction;
  const { id, verdictPostId } = recommendation;
  const version = await solutions.version(recommendation.versionId);
  const incident = await incidents.find(recommendation.incidentId);
  if (!verdictPostId || !version || !incident) return;
  const run = await runs.ofRecommendation(id);
  const comments = await recommendations.comments(id);
  const votes = (await recommendations.votes(id)).map((vote) => {
    const report = comments.find(({ personId }) => personId === vote.personId)?.report ?? {};
    const { outcome } = standingReport(report, vote.verdict);
    return { ...vote, ...(outcome && { outcome }) };
  });
  const view = {
    recommendationId: id,
    title: solutionTitle(version),
    ending: endingOf(run),
    undoable: await undoableOf(transaction, version, run),
    thread: incident.thread,
    resolvedInMs: await incidents.resolvedIn(incident.id),
    votes: await named(transaction, votes),
    comments: await named(transaction, comments),
  };
  await outbox.revise(verdictPostId, verdictCard(view), 'answer');
}

async function undoableOf(
  transaction: Transaction,
  { content }: SolutionVersion,
  run: Run | undefined,
): Promise<RunId | null> {
  if (!run || content.kind !== 'runbook') return null;
  return (await mayTurnBack(transaction, content.runbook, run)) ? run.id : null;
}

async function named<T extends { readonly personId: PersonId }>(
  { people }: Transaction,
  said: readonly T[],
): Promise<readonly (T & { readonly name: string })[]> {
  const all = [];
  for (const one of said) all.push({ ...one, name: (await people.find(one.personId))?.name ?? 'somebody' });
  return all;
}
