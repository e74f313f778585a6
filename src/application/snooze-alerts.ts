import { type AlertIncidentId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { headName } from '#domain/wording/alert-notes.ts';
import { notice } from '#domain/wording/notices.ts';
import { readSnooze, snoozeForm } from '#domain/wording/snooze-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { alertsGone, redrawAlertCard } from './judge-alerts.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

/** "Snooze": the form that asks for how long. */
export const openSnoozeForm: OpenForm = async ({ settings }, transaction, { intent, person }) => {
  const { alerts, alertJudgements } = transaction;
  const id = readId<AlertIncidentId>(intent.action.id);
  const [incident] = id ? await alerts.incidents([id]) : [];
  if (!incident || incident.resolvedAt !== null || !hasRole(person.role, 'responder')) return undefined;
  const isSnoozed = (await alertJudgements.snoozed(incident.id)) !== undefined;
  const name = headName(await alerts.tally(incident.id, false));
  const form = snoozeForm(incident.id, name, { longestMs: settings.alerts.longestSnoozeMs, isSnoozed });
  return { kind: 'form', form };
};

export const checkSnooze: CheckForm = async (_, { values }, { settings }) =>
  readSnooze(values.for, settings.alerts.longestSnoozeMs) === undefined
    ? { for: 'Choose one of the times that are offered.' }
    : {};

/** Keeps the alerts of an incident quiet for as long as a person says, and no longer than the limit. */
export function createSnoozeAlerts(needs: Pick<Core, 'unitOfWork' | 'ids' | 'settings' | 'tickets'>) {
  const { unitOfWork, ids, settings } = needs;
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const choice = intent.kind === 'form-submitted' ? intent.values.for : undefined;
      const forMs = readSnooze(choice, settings.alerts.longestSnoozeMs);
      const id = readId<AlertIncidentId>(intent.action.id);
      const refusal = await snooze(needs, transaction, id, { forMs, person });
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was changed, as a sentence; undefined when it was. */
async function snooze(
  needs: Pick<Core, 'tickets' | 'settings'>,
  transaction: Transaction,
  id: AlertIncidentId | undefined,
  { forMs, person }: { readonly forMs: number | undefined; readonly person: Person },
): Promise<string | undefined> {
  const { alerts, alertDues, alertJudgements, audit } = transaction;
  const [incident] = id ? await alerts.incidents([id]) : [];
  if (!incident) return alertsGone;
  if (!hasRole(person.role, 'responder')) return 'A snooze needs the role responder or higher.';
  if (incident.resolvedAt !== null) return 'Its alerts are over, so there is nothing to keep quiet.';
  if (forMs === undefined) return 'No time was chosen, so nothing was changed.';
  const due = { incident: incident.id, kind: 'unsnooze', subject: '' } as const;
  if (forMs === 0) {
    await alertJudgements.wake(incident.id);
    await alertDues.drop(due);
  } else {
    await alertJudgements.snooze(incident.id, forMs, person.id);
    await alertDues.set(due, forMs);
  }
  const details = { alerts: incident.id, forMs };
  await audit.append({ actor: person.externalId, event: 'alerts.snoozed', details });
  await redrawAlertCard(needs, transaction, incident);
  return undefined;
}
