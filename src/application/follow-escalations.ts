import type { AlertEvent } from '#domain/alert/alert-event.ts';
import { isFlapping } from '#domain/alert/is-flapping.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { acknowledgedText, overText } from '#domain/wording/escalation-card.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { escalatedAs, isEscalating, tallyOf } from './escalation-places.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { settleCards } from './settle-escalations.ts';

type Needs = Pick<Core, 'settings' | 'tickets'>;
type JoinedEvent = AlertEvent & { readonly incident: AlertIncidentId };

/** Brings escalations to where alerts are: what fires begins its own, what is over ends it, what is acknowledged stops it. */
export async function followEscalations(
  needs: Needs,
  transaction: Transaction,
  events: readonly JoinedEvent[],
): Promise<void> {
  if (!isEscalating(needs.settings)) return;
  const { alerts, alertEscalations } = transaction;
  const touched = await alerts.incidents([...new Set(events.map(({ incident }) => incident))]);
  const changed = await begin(needs, transaction, touched, events);
  const kept = await alertEscalations.among([...new Set(touched.map(escalatedAs))]);
  for (const incident of await alerts.incidents(kept)) {
    const isFollowed = await follow(transaction, incident);
    if (isFollowed || changed.has(incident.id)) await redrawAlertCard(needs, transaction, incident);
  }
}

async function begin(
  { settings }: Needs,
  { alertDues, alertEscalations }: Transaction,
  touched: readonly AlertIncident[],
  events: readonly JoinedEvent[],
): Promise<ReadonlySet<AlertIncidentId>> {
  const begun = new Set<AlertIncidentId>();
  const firing = events.filter(({ alert }) => alert.state === 'firing');
  for (const one of touched.filter(({ resolvedAt }) => resolvedAt === null)) {
    const routes = firing.filter(({ incident }) => incident === one.id).map(({ route }) => route);
    const escalations = routes.map((route) => ownValue(settings.alerts.escalations, route));
    for (const escalation of new Set(escalations)) {
      if (!escalation) continue;
      const due = { incident: escalatedAs(one), kind: 'escalate', subject: escalation.name } as const;
      if (!(await alertEscalations.begin(due.incident, escalation.name))) continue;
      await alertDues.set(due, escalation.levels[0]?.afterMs ?? 0);
      begun.add(due.incident);
    }
  }
  return begun;
}

/** Whether that changed who is called. */
async function follow(transaction: Transaction, incident: AlertIncident): Promise<boolean> {
  const tally = await tallyOf(transaction, incident);
  const isStorm = incident.storm === incident.id;
  if (tally.firing > 0) return false;
  if (tally.acknowledged > 0) {
    const isNew = await transaction.alertEscalations.answer(incident.id, null);
    if (isNew) await settleCards(transaction, incident.id, acknowledgedText);
    return isNew;
  }
  // What flaps is over when it has stayed so for a while.
  if (!isStorm && isFlapping(tally)) return false;
  await endEscalations(transaction, incident.id);
  return true;
}

/** The alerts are over: nobody is called any more, and when they fire again all begins anew. */
export async function endEscalations(transaction: Transaction, incident: AlertIncidentId): Promise<void> {
  const { alertDues, alertEscalations } = transaction;
  const waiting = await alertEscalations.lock(incident);
  if (waiting.some(({ isAnswered }) => !isAnswered)) await settleCards(transaction, incident, overText);
  for (const { name } of waiting) await alertDues.drop({ incident, kind: 'escalate', subject: name });
  await alertEscalations.end(incident);
}
