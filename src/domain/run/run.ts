import type { IncidentId, PersonId, RecommendationId, RunId, SolutionId, VersionId } from '../ids.ts';

/** Through the steps that find and mend, or through those that undo. */
export type RunDirection = 'forward' | 'rollback';

export type RunState = 'active' | 'finished' | 'stopped';

/** One execution of a solution's steps in a thread. */
export interface Run {
  readonly id: RunId;
  readonly incidentId: IncidentId;
  readonly recommendationId: RecommendationId;
  readonly solutionId: SolutionId;
  readonly versionId: VersionId;
  /** Whoever stated the values that it has now; `startedBy` is whoever began it. Neither approves its changes. */
  readonly requestedBy: PersonId;
  readonly startedBy: PersonId;
  readonly parameters: Readonly<Record<string, string>>;
  readonly state: RunState;
  readonly direction: RunDirection;
}
