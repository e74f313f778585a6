import type { IncidentId, PersonId, PostId, RecommendationId } from '#domain/ids.ts';
import type { Report } from '#domain/learning/report.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { Recommendation } from '#domain/recommendation.ts';

/** One vote, with what it is about. `at` is milliseconds since the epoch. */
export interface Vote {
  readonly personId: PersonId;
  readonly verdict: Verdict;
  readonly at: number;
}

/** What one person says beyond a vote. */
export interface Comment {
  readonly personId: PersonId;
  /** Empty when they only filled in other parts of the form. */
  readonly text: string;
  readonly report: Report;
}

export interface RecommendationStore {
  add(recommendations: readonly Recommendation[]): Promise<void>;
  find(id: RecommendationId): Promise<Recommendation | undefined>;
  inIncident(id: IncidentId): Promise<readonly Recommendation[]>;
  /** The recommendation whose verdict a reaction on this post is: shown alone in it, or chosen from it. */
  behindPost(id: PostId): Promise<Recommendation | undefined>;
  /** shown or dismissed → chosen; false when somebody was faster. */
  choose(id: RecommendationId): Promise<boolean>;
  /** shown → dismissed; false when it was chosen or dismissed before. */
  dismiss(id: RecommendationId): Promise<boolean>;
  /** Notes the card that asks whether it worked. */
  setVerdictPost(id: RecommendationId, verdictPostId: PostId): Promise<void>;
  /** Records a person's verdict; their earlier one on this recommendation is replaced. */
  vote(id: RecommendationId, person: PersonId, verdict: Verdict): Promise<void>;
  /** Removes a person's verdict if it is this one; false when there was none. */
  unvote(id: RecommendationId, person: PersonId, verdict: Verdict): Promise<boolean>;
  votes(id: RecommendationId): Promise<readonly Vote[]>;
  /** Keeps what a person says; their earlier comment on this recommendation is replaced. */
  comment(id: RecommendationId, person: PersonId, said: Omit<Comment, 'personId'>): Promise<void>;
  /** In the order in which they were written or changed. */
  comments(id: RecommendationId): Promise<readonly Comment[]>;
}
