import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';

/** Platform differences are data. Sizes are characters. */
export interface ChatCapabilities {
  readonly platform: 'playground' | 'slack' | 'discord';
  readonly edits: boolean;
  readonly privateNotices: boolean;
  readonly reactions: boolean;
  /** The longest command a card of this platform can show whole; a longer one is not approvable in chat. */
  readonly longestCommand: number;
}

/** A chat platform, as the outbox sees it. Every call may throw a Fault: `unavailable` is tried again, `rejected` is not. */
export interface Chat {
  readonly capabilities: ChatCapabilities;
  /**
   * Posts a message and returns the platform's id for it. `key` is the outbox's own id of the post; posting the
   * same key twice makes one message where the platform can tell (otherwise at-least-once after a crash).
   */
  post(place: Place, reply: Reply, key: string): Promise<string>;
  /** Replaces a message that `post` made. A message that is gone is no fault. */
  edit(place: Place, messageId: string, reply: Reply): Promise<void>;
  /** Shows `reply` to one person alone, by their platform id. */
  notify(place: Place, personExternalId: string, reply: Reply): Promise<void>;
}
