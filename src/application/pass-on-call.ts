import { unreachedChannelNote } from '#domain/wording/escalation-card.ts';
import type { OutgoingPost } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { threadOfAlerts } from './thread-of-alerts.ts';

/** The platform refuses a message that was to call somebody: the thread of the alerts is told, and the next is called at once. */
export async function passOnCall(
  { ids }: Pick<Core, 'ids'>,
  transaction: Transaction,
  { id, channel, externalId }: Pick<OutgoingPost, 'id' | 'channel' | 'externalId'>,
  why: string,
): Promise<void> {
  const { alerts, alertDues, alertEscalations, outbox } = transaction;
  const called = externalId === null ? await alertEscalations.ofPost(id) : undefined;
  const [incident] = called ? await alerts.incidents([called.incident]) : [];
  if (!called || !incident) return;
  const states = await alertEscalations.lock(incident.id);
  if (!states.some(({ name, isAnswered }) => name === called.name && !isAnswered)) return;
  const home = await threadOfAlerts(transaction, incident);
  if (home && home.channel !== channel)
    await outbox.post(ids.next(), home, unreachedChannelNote(channel, why), 'answer');
  await alertDues.set({ incident: incident.id, kind: 'escalate', subject: called.name }, 0);
}
