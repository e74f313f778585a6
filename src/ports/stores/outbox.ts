import type { PostId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';

/** Lower goes first: what waits for a decision passes answers, answers pass progress. */
export const urgencies = { approval: 0, answer: 1, progress: 2 } as const;
export type Urgency = keyof typeof urgencies;

/** A message on its way out, as the sender sees it. */
export interface OutgoingPost {
  readonly id: PostId;
  readonly channel: string;
  readonly thread: string | null;
  readonly onlyFor: string | null;
  readonly reply: Reply;
  readonly revision: number;
  /** The platform's id once it was posted; then `reply` is an edit. */
  readonly externalId: string | null;
  /** Failed attempts at it since it last went through. */
  readonly attempts: number;
  /** Whether a sender took it before that may have posted it. */
  readonly mayStand: boolean;
}

/** How long the next of each kind waits in a channel. */
export interface Pauses {
  /** New messages. */
  readonly postMs: number;
  /** Edits that only show progress. */
  readonly progressMs: number;
}

/** A channel that one sender holds; nobody else sends into it meanwhile. */
export interface HeldChannel {
  readonly channel: string;
  readonly holder: string;
  /** Failed attempts since a message last went through. */
  readonly failures: number;
}

/** A message that the platform refused for good. `at` is milliseconds since the epoch. */
export interface RefusedPost {
  readonly channel: string;
  readonly summary: string;
  readonly error: string;
  readonly at: number;
}

export interface Outbox {
  post(id: PostId, place: Pick<Place, 'channel' | 'thread'>, reply: Reply, urgency: Urgency): Promise<void>;
  /** Changes a message, sent or not; changes that wait are merged into the newest and keep the greatest urgency. */
  revise(id: PostId, reply: Reply, urgency: Urgency): Promise<void>;
  notify(
    id: PostId,
    place: Pick<Place, 'channel' | 'thread'>,
    personExternalId: string,
    reply: Reply,
  ): Promise<void>;
  find(id: PostId): Promise<Omit<OutgoingPost, 'mayStand'> | undefined>;
  /** The post that the platform knows by this message id. */
  named(channel: string, externalId: string): Promise<Omit<OutgoingPost, 'mayStand'> | undefined>;
  /**
   * Takes up to `limit` channels that something can be sent into now, the most urgent first, each for `leaseMs`. Of
   * two that ask at once, one gets a channel.
   */
  take(limit: number, holder: string, leaseMs: number): Promise<readonly HeldChannel[]>;
  /**
   * What goes out next in a channel, as it is now, and the lease begun anew; undefined when there is nothing, or the
   * channel is another's by now. Approvals first, then answers, then progress; new messages of a thread in their order,
   * where one that holds up a more urgent one counts as that urgent.
   */
  next(held: HeldChannel, leaseMs: number): Promise<OutgoingPost | undefined>;
  /** Begins the lease anew, without asking for a message; false when the channel is another's by now. */
  renew(held: HeldChannel, leaseMs: number): Promise<boolean>;
  /**
   * What became of a message, and what its channel has to wait for, counts from whoever holds the channel and from nobody
   * else: a sender that was stopped and wakes when another has taken over changes nothing. False when that is so.
   */
  sent(held: HeldChannel, id: PostId, revision: number, externalId: string | null): Promise<boolean>;
  /** A message went through: failures are forgotten, and what comes next may have to wait. */
  passed(held: HeldChannel, pauses: Pauses): Promise<void>;
  /** Puts a message off by `delayMs`, or gives it up for good with `dead`; `undone` when it certainly does not stand. */
  failed(
    held: HeldChannel,
    id: PostId,
    failure: {
      readonly error: string;
      readonly delayMs: number;
      readonly dead: boolean;
      readonly undone: boolean;
    },
  ): Promise<boolean>;
  /** No edit goes into the channel for `pauseMs`; new messages and notices do. */
  holdUpEdits(held: HeldChannel, pauseMs: number): Promise<void>;
  /** Nothing goes into the channel for `pauseMs`, and it is given back; or nothing of its whole workspace. */
  holdUp(held: HeldChannel, what: 'channel' | 'workspace', pauseMs: number): Promise<void>;
  /** Gives a channel back. */
  release(held: HeldChannel): Promise<void>;
  /** The newest messages that were given up in the last seven days. */
  refused(limit: number): Promise<readonly RefusedPost[]>;
}
