import type { PostId } from '#domain/ids.ts';
import type { CommandGiven, MessagePosted } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { askedCard } from '#domain/wording/asked-card.ts';
import { offNotice } from '#domain/wording/mode-card.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Received } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { readMode } from './read-mode.ts';

/**
 * Asks as a mention would. A command leaves no message of its own, so one of the bot quotes the question; outside a
 * thread it opens one, and the question goes on there once the platform has told the id of that message.
 */
export async function askByCommand(
  { ids, clock, settings }: Pick<Core, 'ids' | 'clock' | 'settings'>,
  transaction: Transaction,
  asked: {
    readonly intent: CommandGiven;
    readonly person: Person;
    readonly text: string;
    readonly delivery: string;
  },
): Promise<Received> {
  const { intent, person, text, delivery } = asked;
  const { place, speaker } = intent;
  if (!place.direct && (await readMode(transaction, settings, place)).mode === 'off')
    return { kind: 'shown', reply: offNotice() };
  const question: MessagePosted = {
    kind: 'message-posted',
    place,
    speaker,
    id: delivery,
    text,
    mentionsBot: true,
    at: clock.now(),
  };
  const isThread = place.thread !== null;
  // Outside a thread the row only keeps the delivery's id, so that the same command twice asks once.
  if (!(await transaction.inbox.add(delivery, isThread ? question : intent))) return { kind: 'duplicate' };
  const postId = ids.next<PostId>();
  await transaction.outbox.post(postId, place, askedCard(person, text), 'answer');
  if (!isThread) await transaction.openings.add(postId, question);
  const where = isThread ? 'The answer comes here, in this thread.' : inNewThread;
  return { kind: 'shown', reply: notice(where) };
}

const inNewThread =
  'Asked. The answer comes in the thread under your question, which this channel shows now.';
