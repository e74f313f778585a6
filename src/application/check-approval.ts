import { hashBinding } from '#domain/approval/binding.ts';
import { mayDecide } from '#domain/approval/may-decide.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { hasRole } from '#domain/person.ts';
import type { StepView } from '#domain/wording/step-card.ts';
import type { Approval } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { runsAlone } from './runs-alone.ts';
import { bindingOf } from './step-view.ts';

/** How long a claim is believed without a sign of life; the runner renews it every third of this. */
export const runnerLeaseMs = 30_000;

type Needs = Pick<Core, 'settings'>;

/** The reason why the approvals do not hold any more, or undefined when they do. */
export async function whyNotApproved(
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
  const not = view.closed ?? view.unshowable;
  if (not !== null) return not;
  // Where they acted is where the incident is: a role bound to that channel counts here as it did at the click.
  const channel = (await transaction.incidents.find(view.run.incidentId))?.channel;
  if (!(await mayStillRun(transaction, view, channel)))
    return 'Whoever began this run has no longer the right to run it.';
  if (approvals.length === 0 && (await runsAlone(needs, transaction, view.step, view.run, view.terms)))
    return undefined;
  const standing = await countStanding(transaction, view, approvals, channel);
  return standing >= view.terms.approvals ? undefined : 'An approver has lost the right to approve this.';
}

/** Roles are asked for again: what somebody was at the click they need not be now. */
async function mayStillRun(
  { people }: Transaction,
  { run: { startedBy }, terms: { run } }: StepView,
  channel: string | undefined,
): Promise<boolean> {
  const starter = await people.find(startedBy, channel);
  return run !== 'nobody' && starter !== undefined && hasRole(starter.role, run);
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
