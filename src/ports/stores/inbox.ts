import type { ChatIntent } from '#domain/intent.ts';

export interface Delivery {
  readonly delivery: string;
  readonly intent: ChatIntent;
  readonly attempts: number;
}

export interface Inbox {
  /** Keeps an intent under the platform's delivery id; false when that id is known already. */
  add(delivery: string, intent: ChatIntent): Promise<boolean>;
  /** Takes up to `limit` due intents for `leaseMs`, oldest first; of a thread only the first that is not done. */
  take(limit: number, leaseMs: number): Promise<readonly Delivery[]>;
  /** Holds on to one that was taken, for `leaseMs` from now; of one that is done nothing changes. */
  renew(delivery: string, leaseMs: number): Promise<void>;
  /** It was handled: its id is kept, so that a copy is known, and of what was said nothing. */
  done(delivery: string): Promise<void>;
  failed(delivery: string, error: string, delayMs: number, dead: boolean): Promise<void>;
  /** Forgets up to `limit` deliveries that came in more than `days` ago and wait for nothing. */
  forget(days: number, limit: number): Promise<void>;
}
