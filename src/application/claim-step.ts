import { hashBinding } from '#domain/approval/binding.ts';
import { mayDecide } from '#domain/approval/may-decide.ts';
import type { Host } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import { hasRole } from '#domain/person.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { StepView } from '#domain/wording/step-card.ts';
import type { Approval } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { notSent } from './judge-result.ts';
import { runsAlone } from './runs-alone.ts';
import { bindingOf, readStepView, stampCard } from './step-view.ts';
import { wakeWaiting } from './wake-waiting.ts';

/** How long a claim is believed without a sign of life; the runner renews it every third of this. */
export const runnerLeaseMs = 30_000;

type Needs = Pick<Core, 'unitOfWork' | 'instance' | 'settings' | 'commandParser' | 'redact'>;

/** A step that this process and no other may send. */
export interface ClaimedStep {
  readonly workspace: WorkspaceId;
  readonly step: Step;
  readonly run: Run;
  readonly host: Host;
  /** Hosts to go through, outermost first. */
  readonly jumps: readonly Host[];
}

/** Claims an approved step if its approvals still hold for exactly what would be sent; undefined otherwise. */
export function claimStep(
  needs: Needs,
  workspace: WorkspaceId,
  stepId: StepId,
): Promise<ClaimedStep | undefined> {
  const { unitOfWork, instance } = needs;
  return unitOfWork.within(workspace, async (transaction) => {
    if (await isHostBusy(transaction, stepId)) return undefined;
    const step = await transaction.runs.claim(stepId, instance, runnerLeaseMs);
    const run = step && (await transaction.runs.find(step.runId));
    if (!step || !run) return undefined;
    const checked = await check(needs, transaction, workspace, step, run);
    if (checked.kind === 'holds') await stampCard(needs, transaction, step, 'progress');
    else await refuse(needs, transaction, workspace, step, checked.why);
    return checked.kind === 'holds' ? { workspace, step, run, ...checked.route } : undefined;
  });
}

/**
 * One change at a time on a host. A step that has to wait stays approved, and gets its turn when the one before it has ended
 * (`wakeWaiting`); what only reads never waits.
 */
async function isHostBusy({ runs, hosts }: Transaction, id: StepId): Promise<boolean> {
  const step = await runs.step(id);
  if (!step || step.risk === 'read-only') return false;
  await hosts.hold(step.hostId);
  return (await runs.changesOn(step.hostId, 'claimed', 'running')).some((other) => other !== id);
}

type Checked =
  | { readonly kind: 'holds'; readonly route: Pick<ClaimedStep, 'host' | 'jumps'> }
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): Checked => ({ kind: 'refused', why });

async function check(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
  run: Run,
): Promise<Checked> {
  const view = await readStepView(needs, transaction, step, run);
  if (!view) return refused('Its runbook is gone.');
  if ((await transaction.hosts.named(view.host.name))?.id !== view.host.id)
    return refused('Its host is not in the inventory any more.');
  const why = await whyNot(needs, transaction, workspace, view);
  if (why) return refused(why);
  const jumps = await jumpsTo(transaction, view.host);
  return jumps
    ? { kind: 'holds', route: { host: view.host, jumps } }
    : refused('A jump host left the inventory.');
}

async function refuse(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
  why: string,
): Promise<void> {
  const { instance } = needs;
  const result = notSent(why);
  await transaction.runs.release(step.id, instance, 'rejected', result);
  await wakeWaiting(transaction, workspace, step);
  await transaction.audit.append({ actor: instance, event: 'step.refused', details: { step: step.id, why } });
  await stampCard(needs, transaction, { ...step, state: 'rejected', result }, 'approval');
}

/** The reason why the approvals do not hold any more, or undefined when they do. */
async function whyNot(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  view: StepView,
): Promise<string | undefined> {
  const binding = hashBinding(bindingOf(workspace, view));
  const approvals = (await transaction.runs.approvals(view.step.id)).filter(
    (one) => one.decision === 'approved',
  );
  if ([view.step, ...approvals].some((bound) => bound.binding !== binding))
    return 'What would run is no longer what was approved (the host or the command changed). Propose it again.';
  if (view.run.state !== 'active') return 'The run was stopped.';
  if (view.closed !== null) return view.closed;
  if (approvals.length === 0 && (await runsAlone(needs, transaction, view.step, view.run))) return undefined;
  return whyNobodyMay(transaction, view, approvals);
}

/** Roles are asked for again: what somebody was at the click they need not be now. */
async function whyNobodyMay(
  transaction: Transaction,
  view: StepView,
  approvals: readonly Approval[],
): Promise<string | undefined> {
  const { people, incidents } = transaction;
  // Where they acted is where the incident is: a role bound to that channel counts here as it did at the click.
  const channel = (await incidents.find(view.run.incidentId))?.channel;
  const starter = await people.find(view.run.startedBy, channel);
  const { run, approvals: needed } = view.terms;
  if (run === 'nobody' || !starter || !hasRole(starter.role, run))
    return 'Whoever began this run has no longer the right to run it.';
  const standing = await countStanding(transaction, view, approvals, channel);
  return standing >= needed ? undefined : 'An approver has lost the right to approve this.';
}

async function countStanding(
  { people }: Transaction,
  { terms, run }: StepView,
  approvals: readonly Approval[],
  channel: string | undefined,
): Promise<number> {
  let standing = 0;
  for (const { personId } of approvals) {
    const person = await people.find(personId, channel);
    const requesters = [run.requestedBy, run.startedBy];
    const question = { requesters, terms, decision: 'approved' } as const;
    if (person && mayDecide({ person, ...question }).kind === 'allowed') standing += 1;
  }
  return standing;
}

/** The hosts to go through, outermost first; undefined when one of them left the inventory. */
export async function jumpsTo({ hosts }: Transaction, host: Host): Promise<readonly Host[] | undefined> {
  const jumps: Host[] = [];
  for (let name = host.jump; name !== null; ) {
    const jump = await hosts.named(name);
    if (!jump || jumps.some(({ id }) => id === jump.id)) return undefined;
    jumps.unshift(jump);
    name = jump.jump;
  }
  return jumps;
}
