import type { SolutionId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';

/** What makes a solution findable. Written in the same transaction as the version that it indexes. */
export interface SearchIndex {
  /** Replaces what is indexed for this solution; collection statistics stay right. */
  put(id: SolutionId, content: SolutionContent): Promise<void>;
}
