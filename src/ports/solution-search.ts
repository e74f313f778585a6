import type { Context } from '#domain/context.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { MatchReasons, ScorePart } from '#domain/ranking/match-reasons.ts';
import type { Solution, SolutionKind } from '#domain/solution.ts';

/** A solution that may fit, with a calibrated similarity. */
export interface Candidate {
  readonly solution: Solution;
  /** 0…1: about the share of answers with this value that are right. */
  readonly similarity: number;
  readonly reasons: MatchReasons;
  /** The numbers behind the similarity, in a fixed order. */
  readonly parts: readonly ScorePart[];
}

/** What may come back. An absent part filters nothing. */
export interface SearchFilter {
  /** Only these. */
  readonly kinds?: readonly SolutionKind[];
  /**
   * What is known of the incident. A case that is known to be from elsewhere (`matchContext(…).differing` is not
   * empty) never comes back; a runbook does, because what it is made for only lowers its rank.
   */
  readonly context?: Context;
  /** Not these: whoever asks may not see them. */
  readonly hidden?: readonly SolutionId[];
}

export interface SearchQuery {
  readonly workspace: WorkspaceId;
  readonly text: string;
  readonly limit: number;
  /** Applied before anything is ranked, so what it excludes takes nobody's place. */
  readonly filter?: SearchFilter | undefined;
}

/** Finds solutions in force. Deprecated, retired and unreviewed ones never come back. */
export interface SolutionSearch {
  /** Best first; ties in a fixed order. Throws a Fault when the database is away. */
  find(query: SearchQuery): Promise<readonly Candidate[]>;
}
