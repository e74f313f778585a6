import type { ApprovalBinding } from '#domain/approval/binding.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { type StepView, stepCard } from '#domain/wording/step-card.ts';
import type { Urgency } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Positions that a run walks through; rollback commands are shown on the cards, to be typed by hand. */
export function forwardPositions(runbook: Runbook): readonly number[] {
  return runbook.steps.flatMap(({ kind }, position) => (kind === 'rollback' ? [] : [position]));
}

/** Gathers what a step's card shows; undefined when one of its rows is gone. */
export async function readStepView(
  transaction: Transaction,
  step: Step,
  run: Run,
): Promise<StepView | undefined> {
  const { hosts, people, runs, solutions } = transaction;
  const host = await hosts.find(step.hostId);
  const version = await solutions.version(run.versionId);
  const requestedBy = await people.find(run.requestedBy);
  if (!host || !requestedBy || version?.content.kind !== 'runbook') return undefined;
  const { runbook } = version.content;
  const positions = forwardPositions(runbook);
  const decisions = [];
  for (const { personId, decision } of await runs.approvals(step.id)) {
    const person = await people.find(personId);
    if (person) decisions.push({ person, decision });
  }
  return {
    step,
    run,
    host,
    requestedBy,
    decisions,
    runbookTitle: runbook.title,
    number: positions.indexOf(step.position) + 1,
    count: positions.length,
    isReplaced: await isReplaced(transaction, step),
    liveOutput: '',
    rollback: rollbackCommands(runbook, run),
  };
}

async function isReplaced({ runs }: Transaction, step: Step): Promise<boolean> {
  if (step.state !== 'skipped') return false;
  const { position, attempt } = step;
  return (await runs.steps(step.runId)).some((one) => one.position === position && one.attempt > attempt);
}

/** What would undo the run, as it would be typed; a template that these parameters do not fit is shown as it is. */
function rollbackCommands({ steps }: Runbook, { parameters }: Run): readonly string[] {
  return steps
    .filter(({ kind }) => kind === 'rollback')
    .map(({ command }) => {
      const rendered = renderCommand(command, parameters);
      return rendered.kind === 'rendered' ? rendered.command : command;
    });
}

/** Brings the card of a step up to date; every path that changes a step ends here, so no stale button stays. */
export async function stampCard(
  transaction: Transaction,
  step: Step,
  urgency: Urgency,
  liveOutput = '',
): Promise<void> {
  const run = await transaction.runs.find(step.runId);
  const view = run && (await readStepView(transaction, step, run));
  if (view) await transaction.outbox.revise(step.postId, stepCard({ ...view, liveOutput }), urgency);
}

type BoundStep = Pick<Step, 'id' | 'attempt' | 'command' | 'timeoutMs' | 'risk' | 'expiresAt' | 'nonce'>;

/** What an approval of this step binds, from the rows as they are now. */
export function bindingOf(
  workspace: WorkspaceId,
  { step, run, host }: Pick<StepView, 'run' | 'host'> & { readonly step: BoundStep },
): ApprovalBinding {
  return {
    workspace,
    incident: run.incidentId,
    run: run.id,
    step: step.id,
    attempt: step.attempt,
    host: host.id,
    address: host.address,
    port: host.port,
    user: host.user,
    hostKey: host.hostKey,
    jump: host.jump,
    command: step.command,
    environment: [],
    timeoutMs: step.timeoutMs,
    risk: step.risk,
    version: run.versionId,
    expiresAt: step.expiresAt,
    nonce: step.nonce,
  };
}
