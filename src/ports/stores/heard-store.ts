/** A reaction that stands, as far as was heard. */
export interface HeardReaction {
  readonly channel: string;
  readonly messageId: string;
  readonly personExternalId: string;
  readonly emoji: string;
}

/** A reaction that was given or taken back. Without `at`, just now. */
export interface ReactionChange extends HeardReaction {
  readonly change: 'added' | 'removed';
  readonly at: number | undefined;
  /** Whether what is added is said of an answer as a whole; absent, that stays as it was. What is taken back was said of what it was added to. */
  readonly ofAnswer?: boolean;
}

/** An emoji that stands, and whether it was said of an answer as a whole. */
export interface StandingEmoji {
  readonly emoji: string;
  readonly ofAnswer: boolean;
}

/** What came in so far, for finding out what did not. */
export interface HeardStore {
  /** When the newest delivery came in, milliseconds since the epoch; null before the first. */
  lastAt(): Promise<number | null>;
  /** From when on deliveries may be missing that nobody has read back yet, milliseconds since the epoch; null for none. */
  gap(): Promise<number | null>;
  /** Notes that deliveries may be missing from `since` on; an earlier time that was noted stands. */
  openGap(since: number): Promise<void>;
  /** All was read back. */
  closeGap(): Promise<void>;
  /**
   * Threads with an incident opened at most `days` ago, and those below calls for alerts in other channels, newest first, at
   * most `limit`.
   */
  threads(
    days: number,
    limit: number,
  ): Promise<readonly { readonly channel: string; readonly thread: string }[]>;
  /** Notes a change of a reaction; answers what it is about, and undefined when a later one of the same reaction is known. */
  noteReaction(change: ReactionChange): Promise<StandingEmoji | undefined>;
  /** The emoji that one person's reactions to a message show now, newest first. */
  emojiOf(reaction: Omit<HeardReaction, 'emoji'>): Promise<readonly StandingEmoji[]>;
  /** The emoji that a message shows now, of whomever; one that several gave is there as often. */
  emojiOn(channel: string, messageId: string): Promise<readonly string[]>;
  /** Reactions of the last `days` whose last change was that they were added. */
  reactions(days: number): Promise<readonly HeardReaction[]>;
}
