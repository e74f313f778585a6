import { type AlertIncidentId, readId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import { takenBy } from '#domain/wording/escalation-card.ts';
import { notice } from '#domain/wording/notices.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { escalatedAs, isEscalating } from './escalation-places.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { settleCards } from './settle-escalations.ts';
import { threadOfAlerts } from './thread-of-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'tickets'>;

/**
 * Somebody does something in the thread of alerts, or where they were told of: nobody else is called for them. Kept together
 * with what they did, so that a call that is due a moment later knows it. Whoever could do nothing about the alerts (not at
 * least a responder) answers nothing.
 */
export async function noteAct(needs: Needs, transaction: Transaction, intent: ChatIntent): Promise<void> {
  if (!isEscalating(needs.settings) || !isAct(intent)) return;
  const { alertEscalations, audit, outbox } = transaction;
  const incident = await incidentOf(transaction, intent);
  if (!incident || (await alertEscalations.among([incident.id])).length === 0) return;
  const person = await meetSpeaker(transaction, intent);
  if (!hasRole(person.role, 'responder')) return;
  if (!(await alertEscalations.answer(incident.id, person.id))) return;
  await audit.append({
    actor: person.externalId,
    event: 'alerts.answered',
    details: { alerts: incident.id },
  });
  await redrawAlertCard(needs, transaction, incident);
  const wasTold = await settleCards(transaction, incident.id, takenBy(person.name));
  const home = await threadOfAlerts(transaction, incident);
  const isElsewhere = home !== undefined && threadIn(intent) !== home.thread;
  if (wasTold && isElsewhere)
    await outbox.post(needs.ids.next(), home, notice(takenBy(person.name), 'good'), 'answer');
}

/** What a person does, as against what is only learnt of them. */
function isAct(intent: ChatIntent): boolean {
  if (intent.speaker.standing === 'bot') return false;
  switch (intent.kind) {
    case 'message-posted':
    case 'button-pressed':
    case 'form-submitted':
    case 'command-given':
      return true;
    case 'reaction-changed':
      return intent.change === 'added';
    case 'message-edited':
    case 'message-deleted':
    case 'home-opened':
    case 'person-changed':
      return false;
  }
}

/** A reaction to the card itself stands in no thread. */
const threadIn = (intent: ChatIntent): string | null =>
  intent.place.thread ?? (intent.kind === 'reaction-changed' ? intent.messageId : null);

const alertVerbs: readonly string[] = ['noise', 'real', 'snooze', 'take'];

async function incidentOf(
  { alerts, alertEscalations, outbox }: Transaction,
  intent: ChatIntent,
): Promise<AlertIncident | undefined> {
  const { channel } = intent.place;
  const thread = threadIn(intent);
  const post = thread === null ? undefined : await outbox.named(channel, thread);
  const called = post && (await alertEscalations.ofPost(post.id));
  const own = post && thread !== null ? await alerts.inThread(channel, thread) : undefined;
  const named =
    'action' in intent && alertVerbs.includes(intent.action.verb)
      ? readId<AlertIncidentId>(intent.action.id)
      : undefined;
  const id = called?.incident ?? (own && escalatedAs(own)) ?? named;
  const [incident] = id ? await alerts.incidents([id]) : [];
  return incident;
}
