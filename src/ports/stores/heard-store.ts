/** A reaction that stands, as far as was heard. */
export interface HeardReaction {
  readonly channel: string;
  readonly messageId: string;
  readonly personExternalId: string;
  readonly emoji: string;
}

/** What came in so far, for finding out what did not. */
export interface HeardStore {
  /** When the newest delivery came in, milliseconds since the epoch; null before the first. */
  lastAt(): Promise<number | null>;
  /** Threads with an incident opened at most `days` ago, newest first, at most `limit`. */
  threads(
    days: number,
    limit: number,
  ): Promise<readonly { readonly channel: string; readonly thread: string }[]>;
  /** Reactions heard within `days` whose last change was that they were added. */
  reactions(days: number): Promise<readonly HeardReaction[]>;
}
