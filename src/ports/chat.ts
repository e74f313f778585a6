import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { SaidThread } from './said-thread.ts';

/** Platform differences are data. Sizes are characters. */
export interface ChatCapabilities {
  readonly platform: 'playground' | 'slack' | 'discord';
  readonly edits: boolean;
  readonly privateNotices: boolean;
  readonly reactions: boolean;
  /** The longest command a card of this platform can show whole; a longer one is not approvable in chat. */
  readonly longestCommand: number;
  /** The pause that the platform wants between two new messages of one channel; 0 when it sets none. Edits and notices take none. */
  readonly postEveryMs: number;
  /** The pause between edits of one channel that only show progress; 0 when the platform sets none. */
  readonly editEveryMs: number;
}

/**
 * A chat platform, as the outbox sees it. Every call may throw a Fault. `rejected` gives the message up; with any other
 * kind it is tried again, after `retryAfterMs` where the platform named it. Until then the channel waits when the kind
 * is `unavailable`, and the whole workspace when the Fault `holdsUp` that, whatever its kind: a revoked token costs one
 * attempt a pause, and no message. A call ends by itself within a minute: the outbox sends one message of a channel at
 * a time, and after two minutes believes the sender dead. Of an edit that the platform has no room for now, a Fault that
 * `holdsUp` `edits` keeps only edits waiting.
 */
export interface Chat {
  readonly capabilities: ChatCapabilities;
  /**
   * Posts a message and returns the platform's id for it. `key` is the outbox's own id of the post and never changes.
   * `mayStand` tells that a try before this one, of whatever process, may have posted it: look for it first. That makes
   * one message where the platform can tell, and a second one elsewhere. A Fault that is `undone` says that nothing was
   * posted, so that the next try need not look.
   */
  post(place: Place, reply: Reply, key: string, mayStand: boolean): Promise<string>;
  /** Replaces a message that `post` made. A message that is gone is no fault. */
  edit(place: Place, messageId: string, reply: Reply): Promise<void>;
  /** Shows `reply` to one person alone, by their platform id. */
  notify(place: Place, personExternalId: string, reply: Reply): Promise<void>;
  /** Whether somebody, by their platform id, may read along in a channel; what was so a minute ago may still be told. */
  mayRead(channel: string, personExternalId: string): Promise<boolean>;
  /**
   * What was said in the thread of `place`, as it stands now: at most `longestThread` messages, edits in, deletions out. A
   * thread that nobody has answered in is its first message alone; one that is gone is `rejected`.
   */
  read(place: Place & { readonly thread: string }, signal: AbortSignal): Promise<SaidThread>;
}
