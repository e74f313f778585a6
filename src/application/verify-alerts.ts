import type { AlertDue } from '#domain/alert/alert-due.ts';
import type { RunId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Run } from '#domain/run/run.ts';
import { solutionTitle } from '#domain/solution.ts';
import { alertsWaitedForNote, stillFiringNote } from '#domain/wording/verification-notes.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { escalateRun } from './escalate-alerts.ts';
import { noteFailure } from './note-failure.ts';

type Needs = Pick<Core, 'ids' | 'settings'>;

/** A run ended that changed something: where alerts go on in its thread, they decide whether it helped, and are given time. */
export async function verifyLater(
  { ids, settings }: Needs,
  transaction: Transaction,
  run: Run,
  { channel, thread }: Incident,
): Promise<void> {
  const { alerts, alertDues, outbox, runs } = transaction;
  const incident = await alerts.inThread(channel, thread);
  if (!incident || incident.resolvedAt !== null) return;
  const changed = (await runs.steps(run.id)).some(
    ({ kind, startedAt, round }) => kind === 'remediation' && round === 0 && startedAt !== null,
  );
  if (!changed) return;
  const { verifyMs } = settings.alerts;
  await alertDues.set({ incident: incident.id, kind: 'verify', subject: run.id }, verifyMs);
  const note = alertsWaitedForNote(await alerts.tally(incident.id, false), verifyMs);
  await outbox.post(ids.next(), { channel, thread }, note, 'answer');
}

/** The time is up: what still goes on says in its thread that the run had no effect, and that is what is learnt. */
export async function verifyRun(
  needs: Needs & Pick<Core, 'redact'>,
  transaction: Transaction,
  due: AlertDue,
): Promise<void> {
  const { ids, settings } = needs;
  const { alerts, audit, incidents, outbox, runs, signals, solutions } = transaction;
  const [incident] = await alerts.incidents([due.incident]);
  const run = await runs.find(due.subject as RunId);
  const place = run && (await incidents.find(run.incidentId));
  const version = run && (await solutions.version(run.versionId));
  if (!incident || incident.resolvedAt !== null || !place || !version || place.state === 'dismissed') return;
  await signals.noteAlertsGoOn(run.recommendationId);
  const details = { run: run.id, recommendation: run.recommendationId };
  await audit.append({ actor: 'alerts', event: 'run.no-effect', details });
  await noteFailure(needs, transaction, run, 'alert still firing');
  const note = stillFiringNote(await alerts.tally(incident.id, false), {
    title: solutionTitle(version),
    incident: place.id,
    afterMs: settings.alerts.verifyMs,
  });
  await outbox.post(ids.next(), place, note, 'answer');
  await escalateRun(needs, transaction, place, 'failed');
}
