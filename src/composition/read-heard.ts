import type { WorkspaceId } from '#domain/ids.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { OpenCore } from './open-core.ts';

/** Votes on older recommendations no longer move a rate much, and each thread costs a call. */
const days = 7;
const mostThreads = 50;

/** From when on something is missing is kept, so that the next live delivery does not hide it. */
export function readHeard(
  { core }: OpenCore,
  workspace: WorkspaceId,
  missedAt = Number.POSITIVE_INFINITY,
): Promise<HeardSoFar> {
  return core.unitOfWork.within(workspace, async ({ heard }) => {
    const known = (await heard.gap()) ?? (await heard.lastAt());
    if (known === null && !Number.isFinite(missedAt)) return { lastAt: null, threads: [], reactions: [] };
    const lastAt = Math.min(known ?? missedAt, missedAt);
    await heard.openGap(lastAt);
    const threads = await heard.threads(days, mostThreads);
    return { lastAt, threads, reactions: await heard.reactions(days) };
  });
}
