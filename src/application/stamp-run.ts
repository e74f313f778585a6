import type { RunId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { stampVerdict } from './stamp-verdict.ts';
import { stampCard, type ViewNeeds } from './step-view.ts';

/** Brings all cards of a run up to date: what one of its steps still does on a host closes *Roll back* on each of them. */
export async function stampRun(needs: ViewNeeds, transaction: Transaction, id: RunId): Promise<void> {
  const run = await transaction.runs.find(id);
  if (!run) return;
  for (const step of await transaction.runs.steps(id)) await stampCard(needs, transaction, step, 'approval');
  const recommendation = await transaction.recommendations.find(run.recommendationId);
  if (recommendation) await stampVerdict(transaction, recommendation);
}
