import type { PostId, RunId, SolutionId, VersionId } from '#domain/ids.ts';
import type { ReviewDecision, WaitingReview } from '#domain/review/review.ts';
import type { NewVersion } from './solution-store.ts';

/** A version to be proposed. `parent` is the version that it was made from; null for the first of its solution. */
export interface Proposal {
  readonly version: NewVersion;
  readonly parent: VersionId | null;
  readonly why: string;
  /** Output of the runs behind it, without secrets. */
  readonly evidence: string;
  readonly runs: readonly RunId[];
}

/** Why a decision changed nothing: nothing waits under this id, or another version counts by now than it was made from. */
export type NotDecided = { readonly kind: 'gone' } | { readonly kind: 'outdated'; readonly inForce: number };

export type Decided =
  | NotDecided
  | { readonly kind: 'decided'; readonly solutionId: SolutionId; readonly postId: PostId | null };

/** A version in force that a person approved in the place of another one. */
export interface ApprovedVersion {
  readonly versionId: VersionId;
  readonly solutionId: SolutionId;
  readonly slug: string;
  readonly title: string;
  readonly owner: string;
  readonly version: number;
  readonly before: { readonly versionId: VersionId; readonly version: number };
  /** The platform id of who wrote it, and of who approved it or `shell`. */
  readonly author: string;
  readonly approvedBy: string;
  /** The message that told of its review. */
  readonly postId: PostId | null;
}

/** Versions that wait for a person: whatever is in review, also what was imported so. */
export interface ReviewStore {
  /** Adds the next version of the solution in review. */
  propose(proposal: Proposal): Promise<VersionId>;
  /** Held until the transaction ends: of two that propose for one solution, the second sees what the first did. */
  hold(solution: SolutionId): Promise<void>;
  /** Adds one more run to what stands behind a version that waits; of the evidence the newest is kept. */
  join(id: VersionId, more: Pick<Proposal, 'evidence'> & { readonly run: RunId }): Promise<void>;
  /** Adds to what is attached to a version that waits; the newest is kept. */
  attach(id: VersionId, evidence: string): Promise<void>;
  /** in review → superseded, before anybody decided; false when somebody did. */
  withdraw(id: VersionId, reason: string): Promise<boolean>;
  /** Whether somebody has rejected what was proposed of this version for this reason. */
  wasRejected(proposed: Pick<Proposal, 'parent' | 'why'>): Promise<boolean>;
  /** The oldest first, without those of the solutions in `hidden`. */
  waiting(limit: number, hidden?: readonly SolutionId[]): Promise<readonly WaitingReview[]>;
  /** What waits under this id. */
  find(id: VersionId): Promise<WaitingReview | undefined>;
  /** What waits of the solution with this slug, the oldest first. */
  named(slug: string): Promise<readonly WaitingReview[]>;
  /** Versions in force in the place of another one, of which nobody was told that they do worse. */
  approved(): Promise<readonly ApprovedVersion[]>;
  /** Notes that its owners are told that it does worse; false when they were told before, and then nothing changed. */
  noteDecline(id: VersionId): Promise<boolean>;
  /** Notes the message that tells of it. */
  setPost(id: VersionId, post: PostId): Promise<void>;
  /** The newest message that tells of it; null where none does. */
  postOf(id: VersionId): Promise<PostId | null>;
  /**
   * in review → active or rejected, by one conditional change: of two who decide, the second finds it gone. A version that
   * becomes active supersedes the one before; the caller sees to what is indexed.
   */
  decide(id: VersionId, decision: ReviewDecision): Promise<Decided>;
}
