import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { decidedText } from '#domain/wording/decided-text.ts';
import { waitsNoMore } from '#domain/wording/deprecated-cards.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { decideUnused } from './decide-unused.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/** "Keep" on what nobody has used for long. */
export function createKeepUnused(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const told = notice(await keep(needs, transaction, intent));
      await transaction.outbox.notify(needs.ids.next(), intent.place, intent.speaker.externalId, told);
    });
}

async function keep(needs: Needs, transaction: Transaction, intent: ButtonPressed): Promise<string> {
  const person = await meetSpeaker(transaction, intent);
  const id = readId<VersionId>(intent.action.id);
  const version = id && (await transaction.solutions.version(id));
  const looking = { role: person.role, channel: intent.place.channel };
  if (!version || !(await sees(needs.settings, transaction, looking, version.slug))) return waitsNoMore;
  const decided = await decideUnused(needs, transaction, person, { id, decision: 'kept', notes: '' });
  return decidedText(decided, 'kept');
}
