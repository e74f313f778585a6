import type { Run } from '#domain/run/run.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { askVerdict, endingOf } from './ask-verdict.ts';
import type { Core } from './core.ts';

/** Ends a run once and asks whether it helped; a run that had ended already is left as it is. */
export async function closeRun(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  run: Run,
  state: 'finished' | 'stopped',
): Promise<void> {
  const { runs, incidents, solutions } = transaction;
  if (!(await runs.close(run.id, state))) return;
  const incident = await incidents.find(run.incidentId);
  const version = await solutions.version(run.versionId);
  if (!incident || version?.content.kind !== 'runbook') return;
  const { title } = version.content.runbook;
  await askVerdict(needs, transaction, incident, {
    id: run.recommendationId,
    title,
    ending: endingOf({ state }),
  });
}
