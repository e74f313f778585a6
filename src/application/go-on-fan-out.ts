import { hashBinding } from '#domain/approval/binding.ts';
import { expiryFor } from '#domain/approval/settings.ts';
import type { HostId, StepId, WorkspaceId } from '#domain/ids.ts';
import type { FanOutTargetView, FanOutView } from '#domain/run/fan-out-view.ts';
import { type FanOutPlan, planFanOut } from '#domain/run/plan-fan-out.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepResult } from '#domain/run/step.ts';
import { goesOn, isNewest } from '#domain/run/turn.ts';
import { fanOutWhy } from '#domain/wording/fan-out-blocks.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import { runnerLeaseMs, whyNotApproved } from './check-approval.ts';
import type { Core } from './core.ts';
import { escalateRun } from './escalate-alerts.ts';
import { notSent } from './judge-result.ts';
import { nameClaim } from './name-claim.ts';
import { readFanOut } from './read-fan-out.ts';
import { bindingOf, readStepView, stampCard } from './step-view.ts';

export type FanOutNeeds = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact' | 'instance'
>;

interface Going {
  readonly workspace: WorkspaceId;
  readonly whole: Step;
  readonly run: Run;
  readonly view: FanOutView;
}

/** Begins, goes on with or ends a step that goes to a group; a second time it changes nothing. */
export function goOnFanOut(needs: FanOutNeeds, workspace: WorkspaceId, id: StepId): Promise<void> {
  return needs.unitOfWork.within(workspace, (transaction) => goOnWithin(needs, transaction, workspace, id));
}

/** The same as a part of what a transaction does that holds the whole. */
export async function goOnWithin(
  needs: FanOutNeeds,
  transaction: Transaction,
  workspace: WorkspaceId,
  id: StepId,
): Promise<void> {
  const { runs } = transaction;
  const asked = await runs.lockStep(id);
  const run = asked && (await runs.find(asked.runId));
  const whole =
    run && asked.state === 'approved' ? await begin(needs, transaction, workspace, asked, run) : asked;
  const view = whole && (await readFanOut(transaction, whole));
  // A whole that is unknown has ended, but takes the late result of a part.
  if (!run || !view || !['running', 'unknown'].includes(whole.state)) return;
  const going = { workspace, whole, run, view };
  const parts = view.targets.flatMap(({ part }) => part ?? []);
  const isWanted = run.state === 'active' && whole.state === 'running';
  await carryOut(needs, transaction, going, planFanOut(toFanOut(view), parts, isWanted));
}

const toFanOut = (view: FanOutView) => ({
  ...view,
  targets: view.targets.map(({ host, command }) => ({ hostId: host.id, command })),
});

async function carryOut(
  needs: FanOutNeeds,
  transaction: Transaction,
  going: Going,
  { launch, withdraw, ended }: FanOutPlan,
): Promise<void> {
  for (const { hostId } of launch) await launchOn(needs, transaction, going, hostId);
  for (const id of withdraw) await transaction.runs.withdraw(id);
  if (ended === null) return stampCard(needs, transaction, going.whole, 'progress');
  await end(needs, transaction, going, ended);
}

/** The approval is used up with this: what it was for is checked as for a step on one host, and again for each part. */
async function begin(
  needs: FanOutNeeds,
  transaction: Transaction,
  workspace: WorkspaceId,
  asked: Step,
  run: Run,
): Promise<Step | undefined> {
  const { runs, audit } = transaction;
  const { instance } = needs;
  const runner = nameClaim(needs);
  const claimed = await runs.claim(asked.id, runner, runnerLeaseMs);
  if (!claimed) return undefined;
  const view = await readStepView(needs, transaction, claimed, run);
  const why = view ? await whyNotApproved(needs, transaction, workspace, view) : 'Its runbook is gone.';
  const details = { step: asked.id, run: run.id, group: asked.fanOut?.group };
  if (why === undefined && (await runs.begin(asked.id, runner, runnerLeaseMs))) {
    await audit.append({ actor: instance, event: 'step.running', details });
    return runs.step(asked.id);
  }
  const result = notSent(why ?? 'It was stopped before it was sent.');
  await runs.release(asked.id, runner, 'rejected', result);
  await audit.append({ actor: instance, event: 'step.refused', details: { ...details, why: result.why } });
  await stampCard(needs, transaction, { ...claimed, state: 'rejected', result }, 'approval');
  return undefined;
}

/** The intent for one host, before anything is sent there: it is a row of its own, and there is one a host. */
async function launchOn(
  { ids, settings }: FanOutNeeds,
  transaction: Transaction,
  { workspace, whole, run, view }: Going,
  hostId: HostId,
): Promise<void> {
  const target = view.targets.find(({ host }) => host.id === hostId);
  if (!target) return;
  const {
    state: _,
    tries: __,
    result: ___,
    startedAt: ____,
    endedAt: _____,
    chosenAt: ______,
    lingers: _______,
    ...shared
  } = whole;
  const { host, jumps, command } = target;
  // A host may have to wait for another change to end; it gets the time that an approval has.
  const expiresAt = (await transaction.now()) + expiryFor(whole.risk, settings.approval);
  const own = { id: ids.next<StepId>(), partOf: whole.id, fanOut: null, hostId, command, expiresAt };
  const part = { ...shared, ...own };
  const binding = hashBinding(bindingOf(workspace, { step: part, run, host, jumps, fanOut: null }));
  await transaction.runs.launch({ ...part, binding });
  await transaction.enqueue({ kind: 'execute-step', workspace, stepId: part.id });
}

async function end(
  needs: FanOutNeeds,
  transaction: Transaction,
  { workspace, whole, run }: Going,
  state: StepResult['state'],
): Promise<void> {
  const { runs, audit, incidents } = transaction;
  const view = await readFanOut(transaction, whole);
  if (!view) return;
  const result = wholeResult(view, state);
  if (!(await runs.end(whole.id, null, result))) return;
  const hosts = Object.fromEntries(view.targets.map(({ host, part }) => [host.name, part?.state ?? null]));
  const details = { step: whole.id, run: run.id, group: view.group, hosts };
  await audit.append({ actor: needs.instance, event: `step.${state}`, details });
  await stampCard(needs, transaction, { ...whole, state, result }, 'answer');
  const incident = await incidents.find(run.incidentId);
  const isThrough = goesOn({ ...whole, state });
  if (incident && !isThrough && state !== 'cancelled')
    await escalateRun(needs, transaction, incident, 'stuck');
  if (!isThrough || run.state !== 'active' || !incident) return;
  // After a late result a person may have gone on without it.
  if (!isNewest(await runs.steps(run.id), whole.id)) return;
  const { channel, thread } = incident;
  await advanceRun(needs, transaction, {
    workspace,
    channel,
    thread,
    run,
    after: whole.position,
    round: whole.round,
  });
}

/** Of the hosts that did not succeed, the first one that says why speaks for the whole. */
function wholeResult(view: FanOutView, state: StepResult['state']): StepResult {
  const results = view.targets.flatMap(({ part }: FanOutTargetView) => part?.result ?? []);
  const telling = results.find((one) => one.state !== 'succeeded' && (one.exitCode ?? one.signal) !== null);
  const { exitCode = null, signal = null } = state === 'succeeded' ? (results[0] ?? {}) : (telling ?? {});
  const nothing = { stdout: '', stderr: '', stdoutBytes: 0, stderrBytes: 0 };
  return { ...nothing, state, exitCode, signal, why: fanOutWhy(view) };
}
