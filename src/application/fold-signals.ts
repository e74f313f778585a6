import type { WorkspaceId } from '#domain/ids.ts';
import { foldSignals } from '#domain/learning/fold-signals.ts';
import type { Core } from './core.ts';

export interface FoldReport {
  readonly signals: number;
  readonly solutions: number;
}

/** Longer than any fold takes; a replica that dies in one blocks the others no longer than this. */
const leaseMs = 5 * 60_000;

type Needs = Pick<Core, 'unitOfWork' | 'leases' | 'clock' | 'settings' | 'instance'>;

/** Recomputes all success rates of a workspace from rows. `busy` when another replica is at it right now. */
export function createFoldWorkspace({ unitOfWork, leases, clock, settings, instance }: Needs) {
  return async (workspace: WorkspaceId): Promise<FoldReport | 'busy'> => {
    const lease = `fold:${workspace}`;
    if (!(await leases.acquire(lease, instance, leaseMs))) return 'busy';
    try {
      return await unitOfWork.within(workspace, async ({ signals }) => {
        const found = await signals.all();
        const rates = new Map(
          [...found].map(([id, all]) => [id, foldSignals(all, clock.now(), settings.fold)]),
        );
        const count = [...found.values()].reduce((sum, all) => sum + all.length, 0);
        await signals.saveFold(rates, count);
        return { signals: count, solutions: rates.size };
      });
    } finally {
      await leases.release(lease, instance);
    }
  };
}
