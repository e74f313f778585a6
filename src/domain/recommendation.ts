import type { IncidentId, PostId, RecommendationId, SolutionId, VersionId } from './ids.ts';

/** shown → chosen | dismissed; what became of it otherwise is told by its run and its feedback. */
export type RecommendationState = 'shown' | 'chosen' | 'dismissed';

/** One solution shown in one thread. The parts of the score are kept so that a rank can be explained later. */
export interface Recommendation {
  readonly id: RecommendationId;
  readonly incidentId: IncidentId;
  readonly solutionId: SolutionId;
  readonly versionId: VersionId;
  readonly rank: number;
  readonly confidence: number;
  readonly similarity: number;
  readonly success: number;
  readonly context: number;
  readonly why: readonly string[];
  readonly state: RecommendationState;
  readonly postId: PostId;
  /** The card that asks whether it worked, once it was asked. */
  readonly verdictPostId: PostId | null;
}
