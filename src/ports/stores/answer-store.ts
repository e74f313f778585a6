import type { IncidentId, PostId } from '#domain/ids.ts';

/** The post that answers a message; `incidentId` is null when the answer opened none. */
export interface Answer {
  readonly channel: string;
  /** The platform's id of the message. */
  readonly message: string;
  readonly postId: PostId;
  /** When the text that it answers was written, in milliseconds since the epoch. */
  readonly textAt: number;
  readonly incidentId: IncidentId | null;
}

/** Which message was answered by which post. */
export interface AnswerStore {
  /** Notes the answer; false when the message has one already. Of two that race, the second waits for the first. */
  claim(answer: Answer): Promise<boolean>;
  /** Notes that the same post answers a newer text of its message; false when one as new was answered already. */
  renew(answer: Answer): Promise<boolean>;
  of(channel: string, message: string): Promise<Answer | undefined>;
  /** The answer that a post gives; undefined when the post is none. */
  behindPost(id: PostId): Promise<Answer | undefined>;
  inIncident(id: IncidentId): Promise<readonly Answer[]>;
}
