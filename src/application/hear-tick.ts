import { isTick } from '#domain/capture/is-tick.ts';
import type { ReactionChanged } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { isCaptured, settleCapture } from './capture-thread.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/**
 * A tick (✅) in a thread says that it is done, whoever wrote what it is on; taken back by everybody it says nothing any more.
 * Where the platform does not tell in which thread a message stands, only ticks on the first one count.
 */
export function createHearTick(needs: Needs) {
  return async (intent: ReactionChanged): Promise<void> => {
    if (intent.speaker.standing === 'bot' || !isTick(intent.emoji)) return;
    await needs.unitOfWork.within(intent.place.workspace, (transaction) => hear(needs, transaction, intent));
  };
}

async function hear(needs: Needs, transaction: Transaction, intent: ReactionChanged): Promise<void> {
  const { place, messageId, emoji, change, at, speaker } = intent;
  const { captures, heard, incidents, outbox } = transaction;
  const { channel } = place;
  const thread = place.thread ?? (await outbox.named(channel, messageId))?.thread ?? messageId;
  const incident = await incidents.inThread(channel, thread);
  if (!incident || incident.state === 'dismissed' || !(await isCaptured(transaction, incident))) return;
  const reaction = { channel, messageId, personExternalId: speaker.externalId, emoji };
  if (!(await heard.noteReaction({ ...reaction, change, at }))) return;
  if (change === 'added') return settleCapture(needs, transaction, incident, 'tick');
  const standing = await heard.emojiOn(channel, messageId);
  if (!standing.some(isTick)) await captures.unsettle(incident.id, 'tick');
}
