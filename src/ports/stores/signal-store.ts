import type { SolutionId } from '#domain/ids.ts';
import type { Signal } from '#domain/learning/signal.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import type { SolutionUse } from '#domain/learning/use.ts';

/** What the fold reads and writes. */
export interface SignalStore {
  /** All votes and all run ends, by solution. */
  all(): Promise<ReadonlyMap<SolutionId, readonly Signal[]>>;
  /** What solutions were used for, the newest `most` a solution. One that more people say failed than worked is none. */
  uses(most: number): Promise<readonly SolutionUse[]>;
  /** Replaces all folded rates and keeps a record of the fold. */
  saveFold(rates: ReadonlyMap<SolutionId, SuccessRate>, signals: number): Promise<void>;
}
