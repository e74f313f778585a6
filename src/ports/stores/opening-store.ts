import type { PostId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';

/**
 * What goes on in a thread that a message of the bot opens. The thread's id is the platform's id of that message,
 * which is known only once the message was sent; until then the intent waits here.
 */
export interface OpeningStore {
  add(postId: PostId, intent: ChatIntent): Promise<void>;
  /** Takes out what waits for a message that will never be sent; undefined when nothing does. */
  drop(postId: PostId): Promise<ChatIntent | undefined>;
  /** Takes out up to `limit` whose message was sent, each with the id that the platform gave to it. */
  takeOpened(
    limit: number,
  ): Promise<readonly { readonly postId: PostId; readonly thread: string; readonly intent: ChatIntent }[]>;
}
