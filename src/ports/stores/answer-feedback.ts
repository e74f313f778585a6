import type { PersonId, PostId } from '#domain/ids.ts';
import type { Said } from '#domain/learning/report.ts';
import type { Verdict } from '#domain/learning/verdict.ts';

/** What one person says of an answer as a whole; null for what they did not. */
export interface AnswerOpinion {
  readonly personId: PersonId;
  readonly verdict: Verdict | null;
  readonly said: Said | null;
}

/** One vote and one comment a person and answer. An answer is named by its post. */
export interface AnswerFeedback {
  /** Records a person's verdict; their earlier one on this answer is replaced. */
  vote(id: PostId, person: PersonId, verdict: Verdict): Promise<void>;
  /** Removes a person's verdict if it is this one; false when there was none. */
  unvote(id: PostId, person: PersonId, verdict: Verdict): Promise<boolean>;
  /** Keeps what a person says; their earlier comment on this answer is replaced. */
  comment(id: PostId, person: PersonId, said: Said): Promise<void>;
  /** In the order in which they were given or changed. */
  of(id: PostId): Promise<readonly AnswerOpinion[]>;
}
