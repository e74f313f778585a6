import type { WorkspaceId } from '#domain/ids.ts';
import { foldSignals } from '#domain/learning/fold-signals.ts';
import { type SolutionUse, weighUse } from '#domain/learning/use.ts';
import type { LearntWords } from '#ports/stores/search-index.ts';
import type { Core } from './core.ts';

export interface FoldReport {
  readonly signals: number;
  readonly solutions: number;
}

/** Longer than any fold takes; a replica that dies in one blocks the others no longer than this. */
const leaseMs = 5 * 60_000;

type Needs = Pick<Core, 'unitOfWork' | 'leases' | 'clock' | 'settings' | 'instance' | 'redact'>;

/** Recomputes all success rates of a workspace, and what its solutions are found by from use, from rows. `busy` when another replica is at it right now. */
export function createFoldWorkspace({ unitOfWork, leases, clock, settings, instance, redact }: Needs) {
  const wordsOf = (uses: readonly SolutionUse[], now: number): readonly LearntWords[] =>
    uses.flatMap((use) => {
      const weight = weighUse(use, now, settings.uses);
      const { solutionId, incidentId: source, problem } = use;
      // Stored text is redacted; a secret that became known since then must not be learnt either.
      return weight === 0 ? [] : [{ solutionId, source, text: redact(problem), weight }];
    });
  return async (workspace: WorkspaceId): Promise<FoldReport | 'busy'> => {
    const lease = `fold:${workspace}`;
    if (!(await leases.acquire(lease, instance, leaseMs))) return 'busy';
    try {
      return await unitOfWork.within(workspace, async ({ signals, searchIndex }) => {
        const found = await signals.all();
        const rates = new Map(
          [...found].map(([id, all]) => [id, foldSignals(all, clock.now(), settings.fold)]),
        );
        const count = [...found.values()].reduce((sum, all) => sum + all.length, 0);
        await signals.saveFold(rates, count);
        await searchIndex.learn(wordsOf(await signals.uses(settings.uses.mostPerSolution), clock.now()));
        return { signals: count, solutions: rates.size };
      });
    } finally {
      await leases.release(lease, instance);
    }
  };
}
