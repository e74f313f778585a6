/** One reaction under a message and who left it. */
export interface ThreadReaction {
  readonly emoji: string;
  readonly users: readonly string[];
}

/** A message as its platform gives it. `at` is in milliseconds since the epoch. */
export interface ThreadMessage {
  readonly id: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly at: number;
  readonly text: string;
  readonly reactions: readonly ThreadReaction[];
}

/** A thread from which a case may be drafted, oldest message first. Times are in milliseconds since the epoch. */
export interface IncidentThread {
  readonly platform: string;
  readonly channel: string;
  readonly startedAt: number;
  /** When somebody marked it as resolved; null when nobody did. */
  readonly resolvedAt: number | null;
  readonly messages: readonly ThreadMessage[];
}
