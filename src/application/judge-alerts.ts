import type { AlertVerdict } from '#domain/alert/alert-verdict.ts';
import { type AlertIncidentId, readId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { drawAlertCard, drawStormCard } from './draw-alert-card.ts';
import { meetSpeaker } from './meet-speaker.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'tickets' | 'settings'>;

/** "Noise" and "Real" on the card of alerts: noise is dismissed, so nothing more is said of it in its thread. */
export function createJudgeAlerts(needs: Needs) {
  const { unitOfWork, ids } = needs;
  return (intent: ButtonPressed, verdict: AlertVerdict): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await judge(
        needs,
        transaction,
        readId<AlertIncidentId>(intent.action.id),
        verdict,
        person,
      );
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

export const alertsGone =
  'This incident is gone or became a part of another one. The card of that one counts.';

/** Why nothing was kept, as a sentence; undefined when it was. */
async function judge(
  needs: Needs,
  transaction: Transaction,
  id: AlertIncidentId | undefined,
  verdict: AlertVerdict,
  person: Person,
): Promise<string | undefined> {
  const [incident] = id ? await transaction.alerts.incidents([id]) : [];
  if (!incident) return alertsGone;
  if (!hasRole(person.role, 'responder')) return 'To judge an alert needs the role responder or higher.';
  await transaction.alertJudgements.judge(incident.id, verdict, person.id);
  const details = { alerts: incident.id, verdict };
  await transaction.audit.append({ actor: person.externalId, event: 'alerts.judged', details });
  await moveIncident(transaction, incident, verdict);
  await redrawAlertCard(needs, transaction, incident);
  return undefined;
}

async function moveIncident(
  { incidents, outbox }: Transaction,
  { channel, postId, resolvedAt }: AlertIncident,
  verdict: AlertVerdict,
): Promise<void> {
  const thread = postId && (await outbox.find(postId))?.externalId;
  const opened = thread ? await incidents.inThread(channel, thread) : undefined;
  if (!opened) return;
  if (verdict === 'noise') return incidents.setState(opened.id, 'dismissed');
  if (opened.state === 'dismissed')
    await incidents.setState(opened.id, resolvedAt === null ? 'open' : 'resolved');
}

/** Brings the card up to date at once; alerts that are counted on the card of a storm have none of their own. */
export async function redrawAlertCard(
  needs: Pick<Core, 'tickets' | 'settings'>,
  transaction: Transaction,
  incident: AlertIncident,
): Promise<void> {
  const { id, postId, storm } = incident;
  if (postId === null || (storm !== null && storm !== id)) return;
  const card =
    storm === id
      ? await drawStormCard(needs, transaction, incident)
      : await drawAlertCard(needs, transaction, incident, await transaction.alerts.tally(id, false));
  await transaction.outbox.revise(postId, card, 'answer');
}
