import type { Merges } from '#domain/case-merge/resolve-merges.ts';
import type { IncidentId, RecommendationId, SolutionId, VersionId } from '#domain/ids.ts';
import type { Signal } from '#domain/learning/signal.ts';
import type { SolutionRate, UseCounts } from '#domain/learning/success-rate.ts';
import type { SolutionUse } from '#domain/learning/use.ts';

/** A version in force. `revivedAt` is when a person last put it back into force, ms since the epoch. */
export interface InForce {
  readonly versionId: VersionId;
  readonly slug: string;
  readonly revivedAt: number | null;
}

/** What the fold reads and writes. With `merges`, what was told of a merged case is told of the one that it counts for. */
export interface SignalStore {
  /** All votes, run ends and alerts, by solution. */
  all(merges?: Merges): Promise<ReadonlyMap<SolutionId, readonly Signal[]>>;
  /** Who wrote versions of solutions that were ever shown, by the ids of the people. */
  authors(merges?: Merges): Promise<ReadonlyMap<SolutionId, ReadonlySet<string>>>;
  /** What was told of one version of a solution alone. */
  ofVersion(id: VersionId): Promise<readonly Signal[]>;
  /** How often each solution was shown and chosen; one that never was is absent. */
  counts(merges?: Merges): Promise<ReadonlyMap<SolutionId, UseCounts>>;
  /** What solutions were used for, the newest `most` a solution. One that more people say failed than worked is none. */
  uses(most: number, merges?: Merges): Promise<readonly SolutionUse[]>;
  /** The versions in force of solutions that were ever shown. */
  inForce(): Promise<ReadonlyMap<SolutionId, InForce>>;
  /** When the last fold was, ms since the epoch; null before the first. */
  lastFoldAt(): Promise<number | null>;
  /** Replaces all folded rates, touching those alone that changed, and keeps a record of the fold. */
  saveFold(rates: ReadonlyMap<SolutionId, SolutionRate>, signals: number): Promise<void>;
  /**
   * Notes that the alerts of an incident were over at `at` (ms since the epoch): the change that was run last before gets
   * the credit if it ended at most `withinMs` before, and what was run earlier did not help.
   */
  noteAlertsOver(id: IncidentId, at: number, withinMs: number): Promise<void>;
  /** Notes that they still fire after it was run to its end: it had no effect. */
  noteAlertsGoOn(id: RecommendationId): Promise<void>;
  /** Notes that they are back: what got the credit did not last. */
  noteAlertsBack(id: IncidentId): Promise<void>;
}
