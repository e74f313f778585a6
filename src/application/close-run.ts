import type { PostId } from '#domain/ids.ts';
import type { Run } from '#domain/run/run.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** Ends a run once and asks whether it helped; a run that had ended already is left as it is. */
export async function closeRun(
  { ids }: Pick<Core, 'ids'>,
  { runs, incidents, outbox, solutions }: Transaction,
  run: Run,
  state: 'finished' | 'stopped',
): Promise<void> {
  const verdictPostId = ids.next<PostId>();
  if (!(await runs.close(run.id, state, verdictPostId))) return;
  const incident = await incidents.find(run.incidentId);
  const version = await solutions.version(run.versionId);
  if (!incident || version?.content.kind !== 'runbook') return;
  const ending = state === 'finished' ? 'all steps are through.' : 'the run was stopped before its end.';
  const { title } = version.content.runbook;
  const card = verdictCard({ recommendationId: run.recommendationId, title, ending, votes: [] });
  await outbox.post(verdictPostId, incident, card, 'answer');
}
