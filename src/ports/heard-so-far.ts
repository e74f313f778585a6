import type { HeardReaction } from './stores/heard-store.ts';

/** What had come in before something was missed; from there a chat adapter reads back. */
export interface HeardSoFar {
  /** Until when all was heard, milliseconds since the epoch; null when nothing ever came. */
  readonly lastAt: number | null;
  /** Recent threads in which the bot works. */
  readonly threads: readonly { readonly channel: string; readonly thread: string }[];
  /** Reactions that stand, as far as was heard. */
  readonly reactions: readonly HeardReaction[];
}
