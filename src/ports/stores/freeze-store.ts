import type { Freeze } from '#domain/policy/change-hours.ts';

/** A freeze that somebody set in the chat. `by` is their platform id. */
export interface ChatFreeze extends Freeze {
  readonly by: string;
}

/** The workspace's own freeze: at most one. It ends by itself at its time, by database time. */
export interface FreezeStore {
  /** Undefined when nothing is frozen from the chat. */
  current(): Promise<ChatFreeze | undefined>;
  /** Replaces the one before. `forMs` null is without an end. */
  set(reason: string, by: string, forMs: number | null): Promise<ChatFreeze>;
  /** Ends it; false when there was none. */
  lift(): Promise<boolean>;
}
