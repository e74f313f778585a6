import type { Operations } from '#ports/stores/operations-store.ts';
import type { Core } from './core.ts';

/** What waits and lags, over all workspaces: counts are summed, of ages the worst counts. */
export function createReadOperations({ unitOfWork, workspaces }: Pick<Core, 'unitOfWork' | 'workspaces'>) {
  return async (): Promise<Operations> => {
    const all: Operations[] = [];
    for (const { id } of await workspaces.all()) {
      all.push(await unitOfWork.within(id, ({ operations }) => operations.read()));
    }
    return all.reduce(add, nothing);
  };
}

const nothing: Operations = {
  approvalsPending: 0,
  oldestApprovalAge: null,
  runsByState: {},
  stepsUnknown: 0,
  inboxWaiting: 0,
  inboxLag: null,
  inboxDead: 0,
  outboxWaiting: 0,
  outboxLag: null,
  outboxDead: 0,
  lastFoldAge: null,
};

function add(a: Operations, b: Operations): Operations {
  return {
    approvalsPending: a.approvalsPending + b.approvalsPending,
    oldestApprovalAge: worst(a.oldestApprovalAge, b.oldestApprovalAge),
    runsByState: sumByState(a.runsByState, b.runsByState),
    stepsUnknown: a.stepsUnknown + b.stepsUnknown,
    inboxWaiting: a.inboxWaiting + b.inboxWaiting,
    inboxLag: worst(a.inboxLag, b.inboxLag),
    inboxDead: a.inboxDead + b.inboxDead,
    outboxWaiting: a.outboxWaiting + b.outboxWaiting,
    outboxLag: worst(a.outboxLag, b.outboxLag),
    outboxDead: a.outboxDead + b.outboxDead,
    lastFoldAge: worst(a.lastFoldAge, b.lastFoldAge),
  };
}

function worst(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function sumByState(a: Operations['runsByState'], b: Operations['runsByState']): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [state, count] of Object.entries(b)) sum[state] = (sum[state] ?? 0) + count;
  return sum;
}
