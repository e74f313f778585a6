import type { ThreadMessage } from '#domain/capture/thread.ts';

/** What somebody said, its text as a person reads it. Reactions name those who gave them, where the platform tells. */
export interface SaidMessage extends ThreadMessage {
  /** How the platform calls the author; null where only its directory knows. */
  readonly name: string | null;
}

/** What people and other bots said in a thread, oldest first. What the bot itself said is left out. */
export interface SaidThread {
  readonly messages: readonly SaidMessage[];
  /** False where the thread was longer than is read: then something is missing. */
  readonly isWhole: boolean;
}

/** Of a longer thread not everything is read. */
export const longestThread = 500;
