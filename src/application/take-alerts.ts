import { type AlertIncidentId, readId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { alertsGone } from './judge-alerts.ts';
import { meetSpeaker } from './meet-speaker.ts';

/** "I'm on it": that somebody acted was kept with the press itself; whoever may not is told so here. */
export function createTakeAlerts({ unitOfWork, ids }: Pick<Core, 'unitOfWork' | 'ids'>) {
  return (intent: ButtonPressed): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const { outbox } = transaction;
      const person = await meetSpeaker(transaction, intent);
      const refusal = hasRole(person.role, 'responder')
        ? await whyGone(transaction, intent)
        : 'To take over an alert needs the role responder or higher. It goes on calling people.';
      if (refusal) await outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

async function whyGone({ alerts }: Transaction, { action }: ButtonPressed): Promise<string | undefined> {
  const id = readId<AlertIncidentId>(action.id);
  const [incident] = id ? await alerts.incidents([id]) : [];
  return incident ? undefined : alertsGone;
}
