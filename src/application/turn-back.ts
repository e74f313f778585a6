import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import { undonePositions } from '#domain/runbook/undoing.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** All that runs on a host, of steps over a group each part. */
const readSent = async ({ runs }: Pick<Transaction, 'runs'>, id: Run['id']): Promise<readonly Step[]> => [
  ...(await runs.steps(id)).filter(({ fanOut }) => fanOut === null),
  ...(await runs.parts(id)),
];

/** Whether a change of this run may still be at work: what undoes it would race with it. */
export const lingersIn = async (
  transaction: Pick<Transaction, 'runs'>,
  { id }: Pick<Run, 'id'>,
): Promise<boolean> => (await readSent(transaction, id)).some(({ lingers }) => lingers);

/** Whether there is something to undo, and a way to do it that was not gone yet. */
export async function mayTurnBack(
  transaction: Pick<Transaction, 'runs'>,
  runbook: Runbook,
  { id, direction }: Pick<Run, 'id' | 'direction'>,
): Promise<boolean> {
  if (direction === 'rollback') return false;
  const sent = await readSent(transaction, id);
  if (sent.some(({ lingers }) => lingers)) return false;
  return runbook.steps.some((step) => step.kind === 'rollback' && hasWork(runbook, step, sent));
}

const hasWork = (runbook: Runbook, step: RunbookStep, sent: readonly Step[]): boolean => {
  const undone = undonePositions(runbook, step);
  return sent.some(({ startedAt, position }) => startedAt !== null && undone.includes(position));
};

/** Whether a step of the rollback undoes something that this run has sent to a host. */
export const undoesSomething = async (
  transaction: Pick<Transaction, 'runs'>,
  runbook: Runbook,
  step: RunbookStep,
  { id }: Pick<Run, 'id'>,
): Promise<boolean> => hasWork(runbook, step, await readSent(transaction, id));
