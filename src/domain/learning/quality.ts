import type { UseCounts } from './success-rate.ts';

/** What each part counts in the quality of a solution. */
const weights = { feedback: 0.4, time: 0.3, reuse: 0.2, confidence: 0.1 } as const;

/** Resolved within this counts half; a time that nobody could measure counts half too. */
const halfTimeMs = 60 * 60 * 1000;

/**
 * How much a solution is worth to a team, 0…1: what was said of it, how soon incidents were over, how often it was
 * chosen where it was shown, and how sure it was shown.
 */
export function judgeQuality(success: number, uses: UseCounts): number {
  const time = uses.resolvesInMs === null ? 0.5 : halfTimeMs / (halfTimeMs + uses.resolvesInMs);
  const reuse = uses.recommended === 0 ? 0 : Math.min(1, uses.reused / uses.recommended);
  return (
    weights.feedback * success +
    weights.time * time +
    weights.reuse * reuse +
    weights.confidence * uses.confidence
  );
}

const dayMs = 24 * 60 * 60 * 1000;

/** Since when nobody has used a solution that is stale by now; null when it is not. Times are ms since the epoch. */
export function staleSince(
  { lastUsedAt, updatedAt }: { readonly lastUsedAt: number | null; readonly updatedAt: number },
  now: number,
  staleAfterDays: number,
): number | null {
  const since = Math.max(lastUsedAt ?? 0, updatedAt);
  return now - since >= staleAfterDays * dayMs ? since : null;
}
