import { hashBinding } from '#domain/approval/binding.ts';
import type { Host } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { runnerLeaseMs, whyNotApproved } from './check-approval.ts';
import type { Core } from './core.ts';
import { goOnWithin } from './go-on-fan-out.ts';
import { notSent } from './judge-result.ts';
import { jumpsTo } from './jumps-to.ts';
import { nameClaim } from './name-claim.ts';
import { holdWhole } from './read-fan-out.ts';
import { bindingOf, readStepView, stampCard } from './step-view.ts';
import { wakeWaiting } from './wake-waiting.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'instance' | 'settings' | 'commandParser' | 'lineDiff' | 'redact'
>;

/** A step that this process and no other may send. */
export interface ClaimedStep {
  readonly workspace: WorkspaceId;
  readonly step: Step;
  readonly run: Run;
  readonly host: Host;
  /** Hosts to go through, outermost first. */
  readonly jumps: readonly Host[];
  /** Names this claim: what a process does with an earlier one of the same step does not count. */
  readonly runner: string;
}

/** Claims an approved step if its approvals still hold for exactly what would be sent; undefined otherwise. */
export function claimStep(
  needs: Needs,
  workspace: WorkspaceId,
  stepId: StepId,
): Promise<ClaimedStep | undefined> {
  const runner = nameClaim(needs);
  return needs.unitOfWork.within(workspace, async (transaction) => {
    if (!(await hasTurn(needs, transaction, stepId))) return undefined;
    const step = await transaction.runs.claim(stepId, runner, runnerLeaseMs);
    const run = step && (await transaction.runs.find(step.runId));
    if (!step || !run) return undefined;
    const checked = await checkClaim(needs, transaction, workspace, step, run);
    if (checked.kind === 'holds') await stampCard(needs, transaction, step, 'progress');
    else await refuse(needs, transaction, workspace, { step, runner, why: checked.why });
    return checked.kind === 'holds' ? { workspace, step, run, runner, ...checked.route } : undefined;
  });
}

async function hasTurn(needs: Needs, transaction: Transaction, id: StepId): Promise<boolean> {
  const asked = await transaction.runs.step(id);
  if (!asked) return false;
  await holdWhole(transaction, asked);
  if (await mayMeetAnother(transaction, asked)) {
    // Its card says what it waits for, and what to press.
    if (asked.state === 'approved') await stampCard(needs, transaction, asked, 'progress');
    return false;
  }
  return !(await isHostBusy(transaction, asked));
}

/**
 * One change at a time on a host. A step that has to wait stays approved, and gets its turn when the one before it has ended
 * (`wakeWaiting`); what only reads never waits.
 */
async function isHostBusy({ runs, hosts }: Transaction, { id, hostId, risk }: Step): Promise<boolean> {
  if (risk === 'read-only') return false;
  await hosts.hold(hostId);
  return (await runs.changesOn(hostId, 'claimed', 'running')).some((other) => other !== id);
}

/** A change that was lost sight of and may still be at work there keeps the host, until it is known to have ended or is let go. */
async function mayMeetAnother({ runs, hosts }: Transaction, { hostId, risk }: Step): Promise<boolean> {
  if (risk === 'read-only') return false;
  await hosts.hold(hostId);
  return (await runs.lingering([hostId])).length > 0;
}

type Checked =
  | { readonly kind: 'holds'; readonly route: Pick<ClaimedStep, 'host' | 'jumps'> }
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): Checked => ({ kind: 'refused', why });

/** Whether what was approved is still what would be sent, by whom and where; also before a step is tried again. */
export async function checkClaim(
  needs: Pick<Needs, 'settings' | 'commandParser' | 'redact'>,
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
  run: Run,
): Promise<Checked> {
  const { hosts, runs } = transaction;
  // What was approved is the whole, with all its hosts.
  const approved = step.partOf === null ? step : await runs.step(step.partOf);
  const view = approved && (await readStepView(needs, transaction, approved, run));
  if (!view) return refused('Its runbook is gone.');
  const host = await hosts.find(step.hostId);
  if (!host || (await hosts.named(host.name))?.id !== host.id)
    return refused('Its host is not in the inventory any more.');
  const jumps = await jumpsTo(transaction, host);
  if (!jumps) return refused('A jump host left the inventory.');
  const route = { host, jumps };
  const why =
    (await whyNotApproved(needs, transaction, workspace, view)) ?? whyNoPart(workspace, step, run, route);
  return why ? refused(why) : { kind: 'holds', route };
}

/** A part has a hash of its own beside that of its whole. */
function whyNoPart(
  workspace: WorkspaceId,
  step: Step,
  run: Run,
  route: Pick<ClaimedStep, 'host' | 'jumps'>,
): string | undefined {
  if (step.partOf === null) return undefined;
  const binding = hashBinding(bindingOf(workspace, { step, run, ...route, fanOut: null }));
  return binding === step.binding ? undefined : 'The host changed since its turn came. Propose it again.';
}

async function refuse(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  { step, runner, why }: Pick<ClaimedStep, 'step' | 'runner'> & { readonly why: string },
): Promise<void> {
  const { instance } = needs;
  const result = notSent(why);
  await transaction.runs.release(step.id, runner, 'rejected', result);
  await wakeWaiting(transaction, workspace, step);
  await transaction.audit.append({
    actor: instance,
    event: 'step.refused',
    details: { step: step.id, host: step.hostId, why },
  });
  if (step.partOf !== null) return goOnWithin(needs, transaction, workspace, step.partOf);
  await stampCard(needs, transaction, { ...step, state: 'rejected', result }, 'approval');
}
