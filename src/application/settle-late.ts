import type { StepResult } from '#domain/run/step.ts';
import { isNewest } from '#domain/run/turn.ts';
import { lateNotice } from '#domain/wording/late-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { ClaimedStep } from './claim-step.ts';
import type { Core } from './core.ts';
import { stampRun } from './stamp-run.ts';
import { wakeWaiting } from './wake-waiting.ts';

type Needs = Pick<Core, 'ids' | 'instance' | 'commandParser' | 'settings' | 'redact'>;

/** In time: nobody called the step unknown. Late: somebody did. Too late: a person has chosen what happens without it. */
export type Timing = 'in-time' | 'late' | 'too-late';

/** How a result meets its step, which is held from here on until the transaction ends, as it is by whoever chooses. */
export async function timingOf({ runs }: Transaction, { step }: ClaimedStep): Promise<Timing> {
  const held = await runs.lockStep(step.id);
  if (held?.state !== 'unknown') return 'in-time';
  const run = await runs.find(step.runId);
  const isOpen = run?.state === 'active' && isNewest(await runs.steps(run.id), step.partOf ?? step.id);
  return isOpen ? 'late' : 'too-late';
}

/** The thread was told that the step is unknown; now it is told what became of it. */
export async function tellLate(
  { ids }: Pick<Core, 'ids'>,
  { incidents, outbox }: Transaction,
  { step, run, host }: ClaimedStep,
  result: StepResult,
  counts: boolean,
): Promise<void> {
  const incident = await incidents.find(run.incidentId);
  if (!incident) return;
  const told = lateNotice({ title: step.title, host: host.name, result, counts });
  await outbox.post(ids.next(), incident, told, 'answer');
}

/** Keeps a result that came after the choice: the step stays as the person found it. */
export async function keepTooLate(
  needs: Needs,
  transaction: Transaction,
  claimed: ClaimedStep,
  result: StepResult,
): Promise<void> {
  const { step, runner } = claimed;
  if (!(await transaction.runs.spend(step.id, runner))) return;
  const { state, exitCode, why } = result;
  const isOver = state !== 'unknown' && state !== 'cancel-unconfirmed';
  if (isOver && (await transaction.runs.letGo(step.id))) {
    await wakeWaiting(transaction, claimed.workspace, step);
    await stampRun(needs, transaction, step.runId);
  }
  await transaction.audit.append({
    actor: needs.instance,
    event: 'step.too-late',
    details: { step: step.id, run: step.runId, host: step.hostId, state, exitCode, why },
  });
  await tellLate(needs, transaction, claimed, result, false);
}
