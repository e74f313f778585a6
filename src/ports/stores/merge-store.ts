import type { MergedCase } from '#domain/case-merge/resolve-merges.ts';

/** Cases that were merged into others, by the newest version of each that was in force once. */
export interface MergeStore {
  /** The name of what the case of this name was merged into; undefined for one that was not. */
  into(slug: string): Promise<string | undefined>;
  /** The names of what was merged into the case of this name itself, in order. */
  from(slug: string): Promise<readonly string[]>;
  /** All that were merged, and what they were merged into. */
  all(): Promise<readonly MergedCase[]>;
}
