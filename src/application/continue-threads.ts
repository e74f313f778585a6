import type { ChatIntent } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

const batch = 8;

/** Hands in what waited for a thread that has an id now. */
export async function continueThreads({
  openings,
  inbox,
}: Pick<Transaction, 'openings' | 'inbox'>): Promise<void> {
  for (const { postId, thread, intent } of await openings.takeOpened(batch))
    await inbox.add(`opened:${postId}`, inThread(intent, thread));
}

/** A question takes the place of the message that opened the thread; anything else stands in the thread. */
function inThread(intent: ChatIntent, thread: string): ChatIntent {
  return intent.kind === 'message-posted'
    ? { ...intent, id: thread }
    : { ...intent, place: { ...intent.place, thread } };
}
