import type { IncidentId, PersonId, PostId, RecommendationId, RunId, SolutionId, VersionId } from '../ids.ts';

export type RunState = 'active' | 'finished' | 'stopped';

/** One execution of a solution's steps in a thread. */
export interface Run {
  readonly id: RunId;
  readonly incidentId: IncidentId;
  readonly recommendationId: RecommendationId;
  readonly solutionId: SolutionId;
  readonly versionId: VersionId;
  readonly requestedBy: PersonId;
  readonly parameters: Readonly<Record<string, string>>;
  /** The card that asks whether it worked, once it was asked. */
  readonly verdictPostId: PostId | null;
  readonly state: RunState;
}
