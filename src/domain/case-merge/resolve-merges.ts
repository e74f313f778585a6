import type { SolutionId } from '../ids.ts';

/** A case that was merged or that others were merged into; `seenAt` is when its incident began, ms since the epoch. */
export interface MergedCase {
  readonly id: SolutionId;
  /** What it was merged into; null for one that was not. */
  readonly into: SolutionId | null;
  readonly seenAt: number;
}

/** How often what a case tells was saved, with what was merged into it; `lastSeenAt` is ms since the epoch. */
export interface Recurrence {
  readonly seen: number;
  readonly lastSeenAt: number | null;
}

/** Of a case that nothing was merged into. */
export const seenOnce: Recurrence = { seen: 1, lastSeenAt: null };

/** What counts for what: each merged case with the one at the end of its chain. */
export type Merges = ReadonlyMap<SolutionId, SolutionId>;

/**
 * Follows each chain to its end. Files of an import may make a ring; none in it counts for another then, nor does what leads
 * into it.
 */
export function resolveMerges(cases: readonly MergedCase[]): Merges {
  const into = new Map(cases.map((one) => [one.id, one.into]));
  return new Map(
    cases.flatMap(({ id }) => {
      const end = endOf(id, into);
      return end === undefined || end === id ? [] : [[id, end] as const];
    }),
  );
}

function endOf(start: SolutionId, into: ReadonlyMap<SolutionId, SolutionId | null>): SolutionId | undefined {
  const passed = new Set<SolutionId>();
  let at = start;
  for (let next = into.get(at) ?? null; next !== null; next = into.get(at) ?? null) {
    if (passed.has(at)) return undefined;
    passed.add(at);
    at = next;
  }
  return at;
}

/** By the cases at the ends of the chains. */
export function countRecurrences(
  cases: readonly MergedCase[],
  merges: Merges,
): ReadonlyMap<SolutionId, Recurrence> {
  const counted = cases.filter(({ id, into }) => into === null || merges.has(id));
  const byEnd = Map.groupBy(counted, ({ id }) => merges.get(id) ?? id);
  return new Map(
    [...byEnd].map(([id, all]) => [
      id,
      { seen: all.length, lastSeenAt: Math.max(...all.map(({ seenAt }) => seenAt)) },
    ]),
  );
}
