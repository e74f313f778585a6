import type { WorkspaceId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';

/** A solution that may fit, with a calibrated similarity. */
export interface Candidate {
  readonly solution: Solution;
  /** 0…1: about the share of answers with this value that are right. */
  readonly similarity: number;
  /** Words of the question that matched, as the responder wrote them, weightiest first. */
  readonly matchedWords: readonly string[];
}

export interface SearchQuery {
  readonly workspace: WorkspaceId;
  readonly text: string;
  readonly limit: number;
}

/** Finds solutions in force. Deprecated, retired and unreviewed ones never come back. */
export interface SolutionSearch {
  /** Best first; ties in a fixed order. Throws a Fault when the database is away. */
  find(query: SearchQuery): Promise<readonly Candidate[]>;
}
