import { hashBinding } from '#domain/approval/binding.ts';
import { expiryFor } from '#domain/approval/settings.ts';
import type { Host } from '#domain/host.ts';
import type { PostId, StepId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { Run } from '#domain/run/run.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import { notice } from '#domain/wording/notices.ts';
import { stepCard } from '#domain/wording/step-card.ts';
import type { NewStep } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { closeRun } from './close-run.ts';
import type { Core } from './core.ts';
import { bindingOf, forwardPositions, readStepView } from './step-view.ts';

type Needs = Pick<Core, 'ids' | 'commandParser' | 'settings' | 'redact'>;

interface Advance extends Place {
  readonly run: Run;
  /** The position that is done with; -1 before the first. */
  readonly after: number;
}

/** Proposes the next step of a run, or asks whether it helped when there is none. */
export async function advanceRun(needs: Needs, transaction: Transaction, advance: Advance): Promise<void> {
  const version = await transaction.solutions.version(advance.run.versionId);
  if (version?.content.kind !== 'runbook') return;
  const { runbook } = version.content;
  const next = forwardPositions(runbook).find((position) => position > advance.after);
  if (next === undefined) return closeRun(needs, transaction, advance.run, 'finished');
  await proposeStep(needs, transaction, { ...advance, runbook, position: next, attempt: 1 });
}

export interface Proposal extends Omit<Advance, 'after'> {
  readonly runbook: Runbook;
  readonly position: number;
  readonly attempt: number;
}

/** Renders one step, judges its risk and posts its card; what cannot be proposed is explained and stops the run. */
export async function proposeStep(needs: Needs, transaction: Transaction, proposal: Proposal): Promise<void> {
  const step = proposal.runbook.steps[proposal.position];
  if (!step) return;
  const host = await transaction.hosts.named(proposal.run.parameters[step.hostParameter] ?? '');
  const command = host
    ? prepareCommand(needs, step, proposal)
    : refused(`The host of step ${step.id} left the inventory.`);
  if (command.kind === 'refused' || !host) {
    const why = command.kind === 'refused' ? command.why : '';
    await transaction.outbox.post(
      needs.ids.next(),
      proposal,
      notice(`${why} The run stops here; nothing was sent.`, 'bad'),
      'answer',
    );
    return closeRun(needs, transaction, proposal.run, 'stopped');
  }
  await postProposal(needs, transaction, { proposal, step, host, command: command.command });
}

/** `parameter` is the one to blame, where one alone is. */
type Prepared =
  | { readonly kind: 'rendered'; readonly command: string }
  | { readonly kind: 'refused'; readonly why: string; readonly parameter?: string };

const refused = (why: string, parameter?: string): Prepared => ({
  kind: 'refused',
  why,
  ...(parameter !== undefined && { parameter }),
});

/** The command as it would be proposed, or why it cannot be. */
export function prepareCommand(
  { settings, redact }: Pick<Needs, 'settings' | 'redact'>,
  step: Pick<RunbookStep, 'id' | 'command'>,
  { workspace, run }: { readonly workspace: Proposal['workspace']; readonly run: Pick<Run, 'parameters'> },
): Prepared {
  const rendered = renderCommand(step.command, run.parameters);
  if (rendered.kind === 'refused')
    return refused(`Step ${step.id} cannot take ${rendered.parameter}: ${rendered.why}.`, rendered.parameter);
  if (rendered.command.length > settings.longestCommand(workspace))
    return refused(`Step ${step.id} is too long to be shown whole, so nobody could approve what they see.`);
  if (redact(rendered.command) !== rendered.command)
    return refused(`Step ${step.id} would show a secret in the thread; pass it another way.`);
  return rendered;
}

interface Rendered {
  readonly proposal: Proposal;
  readonly step: RunbookStep;
  readonly host: Host;
  readonly command: string;
}

async function postProposal(needs: Needs, transaction: Transaction, rendered: Rendered): Promise<void> {
  const { proposal } = rendered;
  const proposed = await newStep(needs, transaction, rendered);
  await transaction.runs.propose(proposed);
  const step = { ...proposed, state: 'proposed', result: null, startedAt: null, endedAt: null } as const;
  const view = await readStepView(transaction, step, proposal.run);
  if (view) await transaction.outbox.post(proposed.postId, proposal, stepCard(view), 'approval');
}

async function newStep(
  { ids, commandParser, settings }: Needs,
  transaction: Transaction,
  { proposal, step, host, command }: Rendered,
): Promise<NewStep> {
  const { risk, why } = classifyCommand(command, (text) => commandParser.parse(text));
  const unbound = {
    id: ids.next<StepId>(),
    runId: proposal.run.id,
    position: proposal.position,
    attempt: proposal.attempt,
    kind: step.kind,
    title: step.title,
    hostId: host.id,
    command,
    risk,
    riskWhy: why,
    timeoutMs: step.timeoutMs,
    expect: step.expect ?? null,
    exitCodes: step.exitCodes,
    nonce: ids.nonce(),
    expiresAt: (await transaction.now()) + expiryFor(risk, settings.approval),
    postId: ids.next<PostId>(),
  };
  const { workspace, run } = proposal;
  return { ...unbound, binding: hashBinding(bindingOf(workspace, { step: unbound, run, host })) };
}
