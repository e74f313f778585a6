import type { Incident } from '#domain/incident.ts';
import type { StepResult } from '#domain/run/step.ts';
import { goesOn, isNewest } from '#domain/run/turn.ts';
import { outputFile } from '#domain/wording/output-file.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import type { ClaimedStep } from './claim-step.ts';
import type { Core } from './core.ts';
import { escalateRun } from './escalate-alerts.ts';
import { goOnWithin } from './go-on-fan-out.ts';
import type { NotSent } from './judge-result.ts';
import { holdWhole } from './read-fan-out.ts';
import { keepTooLate, tellLate, timingOf } from './settle-late.ts';
import { readStepView, stampCard } from './step-view.ts';
import { wakeWaiting } from './wake-waiting.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact' | 'instance'
>;

/**
 * Keeps the result of a step that was sent, and goes on with the run when it succeeded. One that was called unknown takes it
 * as long as no person has chosen what happens without it; a second time changes nothing.
 */
export function settleStep(needs: Needs, claimed: ClaimedStep, result: StepResult): Promise<void> {
  return needs.unitOfWork.within(claimed.workspace, async (transaction) => {
    await holdWhole(transaction, claimed.step);
    const timing = await timingOf(transaction, claimed);
    if (timing === 'too-late') return keepTooLate(needs, transaction, claimed, result);
    if (!(await transaction.runs.end(claimed.step.id, claimed.runner, result))) return;
    await wakeWaiting(transaction, claimed.workspace, claimed.step);
    await audit(needs, transaction, claimed, result);
    await stampCard(
      needs,
      transaction,
      (await transaction.runs.step(claimed.step.id)) ?? claimed.step,
      'answer',
    );
    if (timing === 'late') await tellLate(needs, transaction, claimed, result, true);
    await carryOn(needs, transaction, claimed, result);
  });
}

async function carryOn(
  needs: Needs,
  transaction: Transaction,
  claimed: ClaimedStep,
  result: StepResult,
): Promise<void> {
  const { runs, incidents, enqueue } = transaction;
  const { workspace, step } = claimed;
  const run = await runs.find(claimed.run.id);
  const incident = run && (await incidents.find(run.incidentId));
  if (!incident) return;
  const ended = { ...claimed, run };
  if (step.partOf !== null) await goOnWithin(needs, transaction, workspace, step.partOf);
  else if (goesOn({ ...step, state: result.state })) await goOn(needs, transaction, ended, incident);
  else if (isHalt(result.state)) await escalateRun(needs, transaction, incident, 'stuck');
  if (result.state === 'unknown' || result.state === 'cancel-unconfirmed')
    await enqueue({ kind: 'inquire-step', workspace, stepId: step.id });
  // After the next card: a person who decides need not wait for a file.
  await postOutput(needs, transaction, ended, { incident, result });
}

/** Now a person has to say how the run goes on; what was cancelled a person has ended. */
const isHalt = (state: StepResult['state']): boolean => state !== 'succeeded' && state !== 'cancelled';

async function goOn(
  needs: Needs,
  transaction: Transaction,
  { workspace, run, step }: ClaimedStep,
  { channel, thread }: Incident,
): Promise<void> {
  if (run.state !== 'active') return;
  // What was approved ahead of its turn does not wait for this one; anything else that follows was a person's choice.
  if (!isNewest(await transaction.runs.steps(run.id), step.id)) return;
  await advanceRun(needs, transaction, {
    workspace,
    channel,
    thread,
    run,
    after: step.position,
    round: step.round,
  });
}

async function postOutput(
  needs: Needs,
  transaction: Transaction,
  { run, step, host }: ClaimedStep,
  { incident, result }: { readonly incident: Incident; readonly result: StepResult },
): Promise<void> {
  const view = await readStepView(needs, transaction, step, run);
  const { title, partOf } = step;
  const file = view && outputFile({ title, number: view.number, host: partOf && host.name }, result);
  if (file) await transaction.outbox.post(needs.ids.next(), incident, file, 'progress');
}

/** Ends a claimed step of which nothing was sent. */
export function releaseStep(needs: Needs, claimed: ClaimedStep, result: NotSent): Promise<void> {
  return needs.unitOfWork.within(claimed.workspace, async (transaction) => {
    await holdWhole(transaction, claimed.step);
    if (!(await transaction.runs.release(claimed.step.id, claimed.runner, result.state, result))) return;
    await wakeWaiting(transaction, claimed.workspace, claimed.step);
    await audit(needs, transaction, claimed, result);
    const { partOf } = claimed.step;
    if (partOf !== null) return goOnWithin(needs, transaction, claimed.workspace, partOf);
    await stampCard(needs, transaction, { ...claimed.step, state: result.state, result }, 'answer');
    const incident = await transaction.incidents.find(claimed.run.incidentId);
    if (!incident) return;
    if (goesOn({ ...claimed.step, state: result.state })) await goOn(needs, transaction, claimed, incident);
    else if (isHalt(result.state)) await escalateRun(needs, transaction, incident, 'stuck');
  });
}

/** What did not succeed is logged with the reason: also that nothing was sent of it. */
function audit(
  { instance, redact }: Pick<Needs, 'instance' | 'redact'>,
  { audit }: Transaction,
  { step }: ClaimedStep,
  { state, exitCode, why }: StepResult,
): Promise<void> {
  const reason = state === 'succeeded' ? {} : { why: redact(why) };
  const details = { step: step.id, run: step.runId, host: step.hostId, exitCode, ...reason };
  return audit.append({ actor: instance, event: `step.${state}`, details });
}
