import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { RunId, StepId } from '#domain/ids.ts';
import type { Approval, RunStore } from '#ports/stores/run-store.ts';
import { first } from '../rows.ts';
import { approvals, runSteps, runs } from '../schema/runs.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { stepColumns } from './step-columns.ts';
import { createStepTransitions } from './step-transitions.ts';

const { workspaceId: _, startedAt: __, endedAt: ___, ...runColumns } = getTableColumns(runs);
const { workspaceId: ____, ...approvalColumns } = getTableColumns(approvals);

export function createRunStore(scope: StoreScope): RunStore {
  const { executor, workspace } = scope;
  return {
    ...createStepTransitions(scope),
    add: async (run) => {
      await executor.insert(runs).values({ ...run, workspaceId: workspace });
    },
    find: async (id) => first(await executor.select(runColumns).from(runs).where(eq(runs.id, id))),
    ofRecommendation: async (id) =>
      first(await executor.select(runColumns).from(runs).where(eq(runs.recommendationId, id))),
    close: (id, state, verdictPostId) => close(scope, id, state, verdictPostId),
    propose: async (step) => {
      await executor.insert(runSteps).values({ ...step, workspaceId: workspace, state: 'proposed' });
    },
    step: async (id) => first(await executor.select(stepColumns).from(runSteps).where(eq(runSteps.id, id))),
    lockStep: async (id) =>
      first(await executor.select(stepColumns).from(runSteps).where(eq(runSteps.id, id)).for('update')),
    steps: (id) =>
      executor
        .select(stepColumns)
        .from(runSteps)
        .where(eq(runSteps.runId, id))
        .orderBy(runSteps.position, runSteps.attempt),
    recordApproval: (approval) => recordApproval(scope, approval),
    approvals: (id) =>
      executor
        .select(approvalColumns)
        .from(approvals)
        .where(eq(approvals.stepId, id))
        .orderBy(approvals.decidedAt),
  };
}

async function close(
  { executor }: StoreScope,
  id: RunId,
  state: 'finished' | 'stopped',
  verdictPostId: Parameters<RunStore['close']>[2],
): Promise<boolean> {
  const closed = await executor
    .update(runs)
    .set({ state, verdictPostId, endedAt: sql`now()` })
    .where(and(eq(runs.id, id), eq(runs.state, 'active')))
    .returning({ id: runs.id });
  return closed.length > 0;
}

/** The first decision of a person on a step stands; false when they had decided already. */
async function recordApproval(
  { executor, workspace }: StoreScope,
  approval: Omit<Approval, 'decidedAt'> & { readonly stepId: StepId },
): Promise<boolean> {
  const added = await executor
    .insert(approvals)
    .values({ ...approval, workspaceId: workspace })
    .onConflictDoNothing()
    .returning({ id: approvals.stepId });
  return added.length > 0;
}
