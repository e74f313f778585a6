import type { PostId, SolutionId, VersionId } from '#domain/ids.ts';
import type { Tally } from '#domain/learning/success-rate.ts';

/** A case in force that keeps helping and has no runbook. */
export interface RipeCase extends Tally {
  readonly solutionId: SolutionId;
  readonly versionId: VersionId;
  readonly slug: string;
  readonly title: string;
  readonly owner: string;
  /** In how many incidents it was shown. */
  readonly recommended: number;
}

/** From when on a case is ripe; all of it must hold. */
export interface Ripeness {
  readonly leastRecommended: number;
  /** Share of its data points in which it worked, 0…1. */
  readonly leastSuccess: number;
  readonly leastSignals: number;
}

/** What became of a suggestion that somebody settled. */
export type SettledSuggestion = 'taken' | 'dismissed';

/** Cases whose owners are told that a runbook could be made of them, each once. */
export interface SuggestionStore {
  /**
   * Cases that nobody was told of yet, those that were shown most first. Without those of which a runbook is in force or
   * waits for a review.
   */
  ripe(ripeness: Ripeness, limit: number): Promise<readonly RipeCase[]>;
  /** Notes that its owners are told by this message; false when they were told before, and then nothing changed. */
  tell(solution: SolutionId, post: PostId): Promise<boolean>;
  /** open → taken or dismissed, of the case with this slug, with the message that told of it; undefined when none is open. */
  settle(slug: string, to: SettledSuggestion, by: string): Promise<PostId | undefined>;
}
