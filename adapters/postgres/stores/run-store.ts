import { and, eq, getTableColumns, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { FailureCause } from '#domain/failure/failure.ts';
import type { HostId, PersonId, RunId, StepId } from '#domain/ids.ts';
import type { StepState } from '#domain/run/step.ts';
import type { Approval, RunStore } from '#ports/stores/run-store.ts';
import { first } from '../rows.ts';
import { approvals, runSteps, runs } from '../schema/runs.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { stepColumns } from './step-columns.ts';
import { createStepTransitions } from './step-transitions.ts';

const { workspaceId: _, startedAt: __, endedAt: ___, failedBy: _____, ...runColumns } = getTableColumns(runs);
const { workspaceId: ____, ...approvalColumns } = getTableColumns(approvals);

export function createRunStore(scope: StoreScope): RunStore {
  const { executor, workspace } = scope;
  return {
    ...createStepTransitions(scope),
    ...keepsWays(scope),
    add: async (run) => {
      await executor.insert(runs).values({ ...run, workspaceId: workspace });
    },
    find: async (id) => first(await executor.select(runColumns).from(runs).where(eq(runs.id, id))),
    ofRecommendation: async (id) =>
      first(await executor.select(runColumns).from(runs).where(eq(runs.recommendationId, id))),
    restate: (id, stated) => changeActive(scope, id, stated),
    close: (id, state) => changeActive(scope, id, { state, endedAt: sql`now()` }),
    turnBack: (id, requestedBy) => turnBack(scope, id, requestedBy),
    judge: (id, cause) => judge(scope, id, cause),
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
        .where(and(eq(runSteps.runId, id), isNull(runSteps.partOf)))
        .orderBy(sql`${runSteps.kind} = 'rollback'`, runSteps.round, runSteps.position, runSteps.attempt),
    parts: (id) =>
      executor
        .select(stepColumns)
        .from(runSteps)
        .where(and(eq(runSteps.runId, id), isNotNull(runSteps.partOf)))
        .orderBy(runSteps.id),
    launch: async (part) => {
      await executor.insert(runSteps).values({ ...part, workspaceId: workspace, state: 'approved' });
    },
    changesOn: (host, ...states) => changesOn(scope, host, states),
    recordApproval: (approval) => recordApproval(scope, approval),
    approvals: (id) =>
      executor
        .select(approvalColumns)
        .from(approvals)
        .where(eq(approvals.stepId, id))
        .orderBy(approvals.decidedAt),
  };
}

function keepsWays({ executor }: StoreScope): Pick<RunStore, 'keepWay' | 'wayOf'> {
  return {
    keepWay: async (id, way) => {
      await executor.update(runSteps).set({ way }).where(eq(runSteps.id, id));
    },
    wayOf: async (id) =>
      first(await executor.select({ way: runSteps.way }).from(runSteps).where(eq(runSteps.id, id)))?.way ??
      undefined,
  };
}

async function changesOn(
  { executor }: StoreScope,
  host: HostId,
  states: readonly StepState[],
): Promise<readonly StepId[]> {
  const rows = await executor
    .select({ id: runSteps.id })
    .from(runSteps)
    .where(
      and(
        eq(runSteps.hostId, host),
        inArray(runSteps.state, [...states]),
        ne(runSteps.risk, 'read-only'),
        // A whole touches no host; its parts do.
        isNull(runSteps.fanOut),
      ),
    )
    .orderBy(runSteps.id);
  return rows.map(({ id }) => id);
}

async function turnBack({ executor }: StoreScope, id: RunId, requestedBy: PersonId): Promise<boolean> {
  const turned = await executor
    .update(runs)
    .set({ direction: 'rollback', state: 'active', endedAt: null, requestedBy })
    .where(and(eq(runs.id, id), eq(runs.direction, 'forward')))
    .returning({ id: runs.id });
  return turned.length > 0;
}

async function changeActive(
  { executor }: StoreScope,
  id: RunId,
  set: Parameters<ReturnType<typeof executor.update<typeof runs>>['set']>[0],
): Promise<boolean> {
  const changed = await executor
    .update(runs)
    .set(set)
    .where(and(eq(runs.id, id), eq(runs.state, 'active')))
    .returning({ id: runs.id });
  return changed.length > 0;
}

async function judge({ executor }: StoreScope, id: RunId, cause: FailureCause): Promise<boolean> {
  const changed = await executor
    .update(runs)
    .set({ failedBy: cause })
    .where(and(eq(runs.id, id), sql`${runs.failedBy} is distinct from ${cause}`))
    .returning({ id: runs.id });
  return changed.length > 0;
}

/** The first decision of a person on a step stands, but a yes may be taken back; false when nothing changed. */
async function recordApproval(
  { executor, workspace }: StoreScope,
  approval: Omit<Approval, 'decidedAt'>,
): Promise<boolean> {
  const { decision, binding } = approval;
  const insert = executor.insert(approvals).values({ ...approval, workspaceId: workspace });
  const decided =
    decision === 'approved'
      ? insert.onConflictDoNothing()
      : insert.onConflictDoUpdate({
          target: [approvals.stepId, approvals.personId],
          set: { decision, binding, decidedAt: sql`now()` },
          setWhere: eq(approvals.decision, 'approved'),
        });
  return (await decided.returning({ id: approvals.stepId })).length > 0;
}
