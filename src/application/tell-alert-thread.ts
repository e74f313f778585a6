import { isFlapping } from '#domain/alert/is-flapping.ts';
import { isWorse, type Severity } from '#domain/alert/severity.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Reply } from '#domain/reply.ts';
import {
  alertsBackNote,
  alertsOverNote,
  flappingNote,
  joinedNoiseNote,
  snoozeOverNote,
  stayedFiringNote,
  worseNote,
} from '#domain/wording/alert-notes.ts';
import type { AlertIncident, AlertTally } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { isCaptured, settleCapture, unsettleCapture } from './capture-thread.ts';
import type { Core } from './core.ts';
import { restartEscalations } from './escalate-alerts.ts';
import { threadOfAlerts } from './thread-of-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings'>;

/** How its alerts are, whether that they are over has changed, and how bad its card said that it was. */
interface Shown {
  readonly tally: AlertTally;
  readonly isChanged: boolean;
  readonly severity: Severity | null;
}

/**
 * Says in its thread that an incident of alerts is over, or back, or worse. Nothing is said of what a person called noise, until
 * something joins it of which nobody said so; what flaps is said once, and then how it ended; what is snoozed is not said
 * to be back.
 */
export async function tellAlertThread(
  needs: Needs,
  transaction: Transaction,
  incident: AlertIncident,
  { tally, isChanged, severity }: Shown,
): Promise<void> {
  const place = await threadOfAlerts(transaction, incident);
  if (!place) return;
  const isOver = tally.firing + tally.acknowledged === 0;
  if (place.opened && isChanged)
    await noteEnd(needs, transaction, place.opened, isOver ? tally.reachedAt : null);
  if (place.opened?.state === 'dismissed')
    return tellJoined(needs, transaction, incident.id, { ...place, opened: place.opened });
  const note = isChanged
    ? await noteFor(needs, transaction, incident.id, { tally, place })
    : await worseFor(transaction, incident.id, tally, severity);
  if (note) await transaction.outbox.post(needs.ids.next(), place, note, 'answer');
}

/** What joined something that was called noise is judged by nobody: the thread is open again. */
async function tellJoined(
  needs: Needs,
  transaction: Transaction,
  incident: AlertIncidentId,
  place: { readonly channel: string; readonly thread: string; readonly opened: Incident },
): Promise<void> {
  const { alertJudgements, incidents, outbox } = transaction;
  const said = await alertJudgements.verdict(incident);
  const name = said?.verdict === 'noise' ? await alertJudgements.unjudged(incident) : undefined;
  if (name === undefined) return;
  await incidents.setState(place.opened.id, 'open');
  await restartEscalations(needs, transaction, incident);
  // What is snoozed is said when that is over.
  if (await alertJudgements.snoozed(incident)) return;
  await outbox.post(needs.ids.next(), place, joinedNoiseNote(name), 'answer');
}

async function noteFor(
  { settings }: Needs,
  transaction: Transaction,
  incident: AlertIncidentId,
  { tally, place }: { readonly tally: AlertTally; readonly place: AlertThread },
): Promise<Reply | undefined> {
  const { alertDues, alertJudgements } = transaction;
  const { quietMs } = settings.alerts;
  const isOver = tally.firing + tally.acknowledged === 0;
  if (!isOver && (await alertJudgements.snoozed(incident))) return undefined;
  if (isFlapping(tally)) {
    const isFirst = await alertDues.set({ incident, kind: 'quiet', subject: '' }, quietMs);
    return isFirst ? flappingNote(tally, quietMs) : undefined;
  }
  return isOver ? alertsOverNote(tally, await offerIn(transaction, place)) : alertsBackNote(tally);
}

/** That the card says so nobody is told. */
async function worseFor(
  { alertJudgements }: Transaction,
  incident: AlertIncidentId,
  tally: AlertTally,
  before: Severity | null,
): Promise<Reply | undefined> {
  const severity = tally.alerts[0]?.severity ?? null;
  if (severity === null || tally.firing === 0 || !isWorse(severity, before) || isFlapping(tally))
    return undefined;
  return (await alertJudgements.snoozed(incident)) ? undefined : worseNote(tally, severity, before);
}

interface AlertThread {
  readonly channel: string;
  readonly thread: string;
}

/** Where its case is drafted by itself nobody has to ask for it. */
const offerIn = async (transaction: Transaction, place: AlertThread): Promise<AlertThread | null> =>
  (await isCaptured(transaction, place)) ? null : place;

/** `overAt` is null when they are back. */
async function noteEnd(
  needs: Needs,
  transaction: Transaction,
  incident: Incident,
  overAt: number | null,
): Promise<void> {
  const { incidents, signals } = transaction;
  const { id, state } = incident;
  if (overAt === null) await signals.noteAlertsBack(id);
  else await signals.noteAlertsOver(id, overAt, needs.settings.alerts.verifyMs);
  if (state === 'dismissed') return;
  await incidents.setState(id, overAt === null ? 'open' : 'resolved');
  if (overAt === null) await unsettleCapture(transaction, incident);
  else await settleCapture(needs, transaction, incident, 'alerts');
}

/** What flapped has not changed for a while: how it ended. */
export async function tellQuiet(needs: Needs, transaction: Transaction, id: AlertIncidentId): Promise<void> {
  const { quietMs } = needs.settings.alerts;
  // What still fires is said when the snooze is over.
  if (await transaction.alertJudgements.snoozed(id)) return;
  await tellLater(needs, transaction, id, async ({ resolvedAt }, tally, place) =>
    resolvedAt === null
      ? stayedFiringNote(tally, quietMs)
      : alertsOverNote(tally, await offerIn(transaction, place)),
  );
}

/** A snooze is over: what still fires is said. */
export async function tellAwake(needs: Needs, transaction: Transaction, id: AlertIncidentId): Promise<void> {
  await tellLater(needs, transaction, id, async ({ resolvedAt }, tally) =>
    resolvedAt === null ? snoozeOverNote(tally) : undefined,
  );
}

async function tellLater(
  { ids }: Needs,
  transaction: Transaction,
  id: AlertIncidentId,
  noteOf: (incident: AlertIncident, tally: AlertTally, place: AlertThread) => Promise<Reply | undefined>,
): Promise<void> {
  const [incident] = await transaction.alerts.incidents([id]);
  const place = incident && (await threadOfAlerts(transaction, incident));
  if (!place || place.opened?.state === 'dismissed') return;
  const note = await noteOf(incident, await transaction.alerts.tally(id, false), place);
  if (note) await transaction.outbox.post(ids.next(), place, note, 'answer');
}
