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
  find(id: PostId): Promise<OutgoingPost | undefined>;
  /** The post that the platform knows by this message id. */
  named(channel: string, externalId: string): Promise<OutgoingPost | undefined>;
  /** Takes up to `limit` due posts for `leaseMs`, most urgent first; new messages of a thread one after the other. */
  take(limit: number, leaseMs: number): Promise<readonly OutgoingPost[]>;
  sent(id: PostId, revision: number, externalId: string | null): Promise<void>;
  /** Puts it off by `delayMs`, or gives it up for good with `dead`. */
  failed(id: PostId, error: string, delayMs: number, dead: boolean): Promise<void>;
}
