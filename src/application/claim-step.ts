import { hashBinding } from '#domain/approval/binding.ts';
import { approvalsNeeded, mayDecide } from '#domain/approval/may-decide.ts';
import type { Host } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { StepView } from '#domain/wording/step-card.ts';
import type { Approval } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { notSent } from './judge-result.ts';
import { bindingOf, readStepView, stampCard } from './step-view.ts';

/** How long a claim is believed without a sign of life; the runner renews it every third of this. */
export const runnerLeaseMs = 30_000;

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
  { unitOfWork, instance }: Pick<Core, 'unitOfWork' | 'instance'>,
  workspace: WorkspaceId,
  stepId: StepId,
): Promise<ClaimedStep | undefined> {
  return unitOfWork.within(workspace, async (transaction) => {
    const step = await transaction.runs.claim(stepId, instance, runnerLeaseMs);
    const run = step && (await transaction.runs.find(step.runId));
    if (!step || !run) return undefined;
    const checked = await check(transaction, workspace, step, run);
    if (checked.kind === 'holds') await stampCard(transaction, step, 'progress');
    else await refuse(transaction, instance, step, checked.why);
    return checked.kind === 'holds' ? { workspace, step, run, ...checked.route } : undefined;
  });
}

type Checked =
  | { readonly kind: 'holds'; readonly route: Pick<ClaimedStep, 'host' | 'jumps'> }
  | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): Checked => ({ kind: 'refused', why });

async function check(
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
  run: Run,
): Promise<Checked> {
  const view = await readStepView(transaction, step, run);
  if (!view) return refused('Its runbook is gone.');
  if ((await transaction.hosts.named(view.host.name))?.id !== view.host.id)
    return refused('Its host is not in the inventory any more.');
  const why = await whyNot(transaction, workspace, view);
  if (why) return refused(why);
  const jumps = await jumpsTo(transaction, view.host);
  return jumps
    ? { kind: 'holds', route: { host: view.host, jumps } }
    : refused('A jump host left the inventory.');
}

async function refuse(transaction: Transaction, instance: string, step: Step, why: string): Promise<void> {
  const result = notSent(why);
  await transaction.runs.release(step.id, instance, 'rejected', result);
  await transaction.audit.append({ actor: instance, event: 'step.refused', details: { step: step.id, why } });
  await stampCard(transaction, { ...step, state: 'rejected', result }, 'approval');
}

/** The reason why the approvals do not hold any more, or undefined when they do. */
async function whyNot(
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
  const standing = await countStanding(transaction, view, approvals);
  return standing >= approvalsNeeded(view.step.risk)
    ? undefined
    : 'An approver has lost the right to approve this.';
}

async function countStanding(
  { people, incidents }: Transaction,
  { step, run }: StepView,
  approvals: readonly Approval[],
): Promise<number> {
  let standing = 0;
  // Where they approved is where the incident is: a role bound to that channel counts here as it did at the click.
  const channel = (await incidents.find(run.incidentId))?.channel;
  for (const { personId } of approvals) {
    const person = await people.find(personId, channel);
    const requesters = [run.requestedBy, run.startedBy];
    const question = { requesters, risk: step.risk, decision: 'approved' } as const;
    if (person && mayDecide({ person, ...question }).kind === 'allowed') standing += 1;
  }
  return standing;
}

async function jumpsTo({ hosts }: Transaction, host: Host): Promise<readonly Host[] | undefined> {
  const jumps: Host[] = [];
  for (let name = host.jump; name !== null; ) {
    const jump = await hosts.named(name);
    if (!jump || jumps.some(({ id }) => id === jump.id)) return undefined;
    jumps.unshift(jump);
    name = jump.jump;
  }
  return jumps;
}
