import type { Run } from '#domain/run/run.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { askVerdict, endingOf } from './ask-verdict.ts';
import type { Core } from './core.ts';
import { escalateRun } from './escalate-alerts.ts';
import { noteFailure } from './note-failure.ts';
import { postDifference } from './post-difference.ts';
import { awaitTickets } from './settle-tickets.ts';
import { stampVerdict } from './stamp-verdict.ts';
import { mayTurnBack } from './turn-back.ts';
import { verifyLater } from './verify-alerts.ts';
import { withdrawAhead } from './withdraw-ahead.ts';

/** Ends a run once and asks whether it helped; a run that had ended already is left as it is. */
export async function closeRun(
  needs: Pick<Core, 'commandParser' | 'ids' | 'lineDiff' | 'redact' | 'settings'>,
  transaction: Transaction,
  run: Run,
  state: 'finished' | 'stopped',
): Promise<void> {
  const { runs, incidents, solutions } = transaction;
  if (!(await runs.close(run.id, state))) return;
  const failure = await noteFailure(needs, transaction, run, null);
  await withdrawAhead(needs, transaction, run);
  const incident = await incidents.find(run.incidentId);
  const version = await solutions.version(run.versionId);
  // Whoever ended it knows that it did not help.
  if (incident && failure && failure.cause !== 'human-stop')
    await escalateRun(needs, transaction, incident, 'failed');
  if (!incident || version?.content.kind !== 'runbook') return;
  const { runbook } = version.content;
  if (run.direction === 'forward') await postDifference(needs, transaction, run, incident);
  const recommendation = await transaction.recommendations.find(run.recommendationId);
  // A run that was turned back after its end has been asked about already.
  if (recommendation?.verdictPostId) return stampVerdict(transaction, recommendation);
  const undoable = (await mayTurnBack(transaction, runbook, run)) ? run.id : null;
  const ending = endingOf({ ...run, state });
  await askVerdict(needs, transaction, incident, {
    id: run.recommendationId,
    title: runbook.title,
    ending,
    undoable,
  });
  if (run.direction !== 'forward') return;
  await verifyLater(needs, transaction, run, incident);
  if (state === 'finished') await awaitTickets(needs, transaction, incident);
}
