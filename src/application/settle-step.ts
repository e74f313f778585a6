import type { StepResult } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import type { ClaimedStep } from './claim-step.ts';
import type { Core } from './core.ts';
import { stampCard } from './step-view.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'settings' | 'redact' | 'instance'>;

/** Keeps the result of a step that was sent, and goes on with the run when it succeeded. */
export function settleStep(needs: Needs, claimed: ClaimedStep, result: StepResult): Promise<void> {
  return needs.unitOfWork.within(claimed.workspace, async (transaction) => {
    if (!(await transaction.runs.end(claimed.step.id, result))) return;
    await audit(transaction, needs.instance, claimed, result);
    await stampCard(transaction, { ...claimed.step, state: result.state, result }, 'answer');
    const run = await transaction.runs.find(claimed.run.id);
    const incident = await transaction.incidents.find(claimed.run.incidentId);
    if (result.state !== 'succeeded' || run?.state !== 'active' || !incident) return;
    // A late result of a step that was called unknown: a person may have gone on without it.
    if ((await transaction.runs.steps(run.id)).at(-1)?.id !== claimed.step.id) return;
    const { channel, thread } = incident;
    await advanceRun(needs, transaction, {
      workspace: claimed.workspace,
      channel,
      thread,
      run,
      after: claimed.step.position,
    });
  });
}

/** Ends a claimed step of which nothing was sent. */
export function releaseStep(needs: Needs, claimed: ClaimedStep, result: StepResult): Promise<void> {
  return needs.unitOfWork.within(claimed.workspace, async (transaction) => {
    if (!(await transaction.runs.release(claimed.step.id, needs.instance, 'failed', result))) return;
    await audit(transaction, needs.instance, claimed, result);
    await stampCard(transaction, { ...claimed.step, state: 'failed', result }, 'answer');
  });
}

function audit(
  { audit }: Transaction,
  actor: string,
  { step }: ClaimedStep,
  result: StepResult,
): Promise<void> {
  const details = { step: step.id, run: step.runId, host: step.hostId, exitCode: result.exitCode };
  return audit.append({ actor, event: `step.${result.state}`, details });
}
