import type { Place } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import type { Run } from '#domain/run/run.ts';
import type { Round, Step } from '#domain/run/step.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import { whereText } from '#domain/wording/fan-out-blocks.ts';
import { notice } from '#domain/wording/notices.ts';
import { stepCard } from '#domain/wording/step-card.ts';
import type { NewStep } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { closeRun } from './close-run.ts';
import type { Core } from './core.ts';
import { findTargets } from './find-targets.ts';
import { newStep, type Proposal, type Rendered } from './new-step.ts';
import { readChecksAgain } from './read-checks-again.ts';
import { readTerms } from './read-terms.ts';
import { runsAlone } from './runs-alone.ts';
import { positionsOf, readStepView, stampCard } from './step-view.ts';
import { undoesSomething } from './turn-back.ts';

type Needs = Pick<Core, 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact'>;

interface Advance extends Place {
  readonly run: Run;
  /** The position that is done with, -1 before the first, and its round. */
  readonly after: number;
  readonly round: Round;
}

/** Proposes the next step of a run, or asks whether it helped when there is none. */
export async function advanceRun(needs: Needs, transaction: Transaction, advance: Advance): Promise<void> {
  const version = await transaction.solutions.version(advance.run.versionId);
  if (version?.content.kind !== 'runbook') return;
  const { runbook } = version.content;
  const next = await nextOf(transaction, runbook, advance);
  if (next === undefined) return closeRun(needs, transaction, advance.run, 'finished');
  const ahead = await approvedAhead(needs, transaction, advance.run, next);
  if (ahead) return startApproved(needs, transaction, advance, ahead);
  await proposeStep(needs, transaction, { ...advance, runbook, ...next });
}

/** A step that was approved before its turn came, if that still counts; it is taken back where it does not. */
async function approvedAhead(
  needs: Needs,
  transaction: Transaction,
  run: Run,
  next: Pick<Step, 'position' | 'round'>,
): Promise<Step | undefined> {
  const ahead = (await transaction.runs.steps(run.id)).find(
    ({ state, round, position }) =>
      state === 'approved' && round === next.round && position === next.position,
  );
  if (!ahead || ahead.expiresAt > (await transaction.now())) return ahead;
  const withdrawn = await transaction.runs.withdraw(ahead.id);
  if (withdrawn) await stampCard(needs, transaction, withdrawn, 'progress');
  return undefined;
}

/** Once the steps are done and something was changed, the checks from before it come again. */
async function nextOf(transaction: Transaction, runbook: Runbook, { run, after, round }: Advance) {
  const again = run.direction === 'forward' ? await readChecksAgain(transaction, run.id) : [];
  const all: readonly Pick<Step, 'position' | 'round'>[] = [
    ...positionsOf(runbook, run).map((position) => ({ position, round: 0 }) as const),
    ...again.map(({ position }) => ({ position, round: 1 }) as const),
  ];
  return all.find((one) => one.round > round || (one.round === round && one.position > after));
}

/** A check that comes again was approved long before, so it has its card only now. */
async function startApproved(
  needs: Needs,
  transaction: Transaction,
  advance: Advance,
  step: Step,
): Promise<void> {
  const { outbox, enqueue } = transaction;
  const isPosted = (await outbox.find(step.postId)) !== undefined;
  const view = isPosted ? undefined : await readStepView(needs, transaction, step, advance.run);
  if (view) await outbox.post(step.postId, advance, stepCard(view), 'progress');
  await enqueue({ kind: 'execute-step', workspace: advance.workspace, stepId: step.id });
}

/** Renders one step, judges its risk and posts its card; what cannot be proposed is explained and stops the run. */
export async function proposeStep(needs: Needs, transaction: Transaction, proposal: Proposal): Promise<void> {
  const step = proposal.runbook.steps[proposal.position];
  if (!step) return;
  if (step.kind === 'rollback' && !(await undoesSomething(transaction, proposal.runbook, step, proposal.run)))
    return passOver(needs, transaction, proposal, step, 'what it undoes was not done in this run');
  const targets = await findTargets(needs, transaction, proposal);
  if (targets.kind === 'refused') return stopHere(needs, transaction, proposal, targets.why);
  if (targets.kind === 'untouched')
    return passOver(needs, transaction, proposal, step, 'nothing was changed on its hosts');
  await postProposal(needs, transaction, { proposal, step, targets });
}

/** It has nothing to undo; other steps may have. */
async function passOver(
  needs: Needs,
  transaction: Transaction,
  proposal: Proposal,
  { title }: RunbookStep,
  why: string,
): Promise<void> {
  const told = notice(`"${title}" is passed over: ${why}.`);
  await transaction.outbox.post(needs.ids.next(), proposal, told, 'answer');
  await advanceRun(needs, transaction, { ...proposal, after: proposal.position });
}

async function stopHere(
  needs: Needs,
  transaction: Transaction,
  proposal: Proposal,
  why: string,
): Promise<void> {
  // A check that cannot be run again does not hold up a run that is done; the difference says that it is missing.
  if (proposal.round === 1) return advanceRun(needs, transaction, { ...proposal, after: proposal.position });
  const told = notice(`${why} The run stops here; nothing was sent.`, 'bad');
  await transaction.outbox.post(needs.ids.next(), proposal, told, 'answer');
  await closeRun(needs, transaction, proposal.run, 'stopped');
}

async function postProposal(needs: Needs, transaction: Transaction, rendered: Rendered): Promise<void> {
  const { proposal } = rendered;
  const proposed = await newStep(needs, transaction, rendered);
  const refusal = whyNotAgain(proposed) ?? (await whyNotRequested(needs, transaction, rendered, proposed));
  if (refusal !== undefined) return stopHere(needs, transaction, proposal, refusal);
  await transaction.runs.propose(proposed);
  const begun = { tries: [], result: null, startedAt: null, endedAt: null, chosenAt: null, lingers: false };
  const step = { ...proposed, ...begun, state: 'proposed' } as const;
  const view = await readStepView(needs, transaction, step, proposal.run);
  if (view) await transaction.outbox.post(proposed.postId, proposal, stepCard(view), 'approval');
  if (view && (await runsAlone(needs, transaction, step, proposal.run, view.terms)))
    await letRun(needs, transaction, proposal, step);
}

/** What is judged otherwise by now is not run a second time. */
const whyNotAgain = ({ round, risk }: NewStep): string | undefined =>
  round === 1 && risk !== 'read-only' ? 'It does not only read any more.' : undefined;

/** The policy stands in for the person; the card says so, and the claim asks the policy again. */
async function letRun(
  needs: Needs,
  transaction: Transaction,
  { workspace }: Proposal,
  { id, runId, hostId, binding }: Step,
): Promise<void> {
  const approved = await transaction.runs.decide(id, 'approved');
  if (!approved) return;
  const details = { step: id, run: runId, host: hostId, binding };
  await transaction.audit.append({ actor: 'policy', event: 'step.approved', details });
  await stampCard(needs, transaction, approved, 'progress');
  await transaction.enqueue({ kind: 'execute-step', workspace, stepId: id });
}

/** Only now is it known what the step does and where: the policy may keep that from whoever began the run. */
async function whyNotRequested(
  needs: Needs,
  transaction: Transaction,
  { proposal: { run, channel }, targets: { host, fanOut } }: Rendered,
  { risk }: NewStep,
): Promise<string | undefined> {
  const { people, solutions } = transaction;
  const runbook = (await solutions.version(run.versionId))?.slug ?? null;
  const hosts = [host, ...(fanOut?.targets ?? []).map((target) => target.host)] as const;
  const where = whereText(host, fanOut);
  const { terms } = await readTerms(needs, transaction, { risk, hosts, channel, runbook });
  const starter = await people.find(run.startedBy, channel);
  const { request } = terms;
  if (request !== 'nobody' && starter && hasRole(starter.role, request)) return undefined;
  return request === 'nobody'
    ? `The policy lets nobody run what is ${risk} on ${where} here.`
    : `The policy asks for the role ${request} or higher to run what is ${risk} on ${where} here.`;
}
