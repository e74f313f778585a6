import { type ApprovalBinding, boundWay } from '#domain/approval/binding.ts';
import type { Host } from '#domain/host.ts';
import { groupOf } from '#domain/host-group.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { FanOutTargetView, FanOutView } from '#domain/run/fan-out-view.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepState } from '#domain/run/step.ts';
import { hopOf } from '#domain/run/way.ts';
import { findPlaceholders } from '#domain/runbook/placeholders.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { undonePositions } from '#domain/runbook/undoing.ts';
import { givenLines } from '#domain/wording/given-lines.ts';
import { type StepView, stepCard } from '#domain/wording/step-card.ts';
import type { Urgency } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { checksTogether } from './checks-together.ts';
import type { Core } from './core.ts';
import { jumpsTo } from './jumps-to.ts';
import { readChecksAgain } from './read-checks-again.ts';
import { readFanOut } from './read-fan-out.ts';
import { readTerms } from './read-terms.ts';
import { mayTurnBack } from './turn-back.ts';

/** Positions that a run walks through. What undoes stands in the order in which it is to be done. */
export function positionsOf({ steps }: Runbook, { direction }: Pick<Run, 'direction'>): readonly number[] {
  return steps.flatMap(({ kind }, position) =>
    (kind === 'rollback') === (direction === 'rollback') ? [position] : [],
  );
}

/** What a card takes beside the rows: the policy, and what judges the steps that follow. */
export type ViewNeeds = Pick<Core, 'settings' | 'commandParser' | 'redact'>;

/** Gathers what a step's card shows; undefined when one of its rows is gone. */
export async function readStepView(
  needs: ViewNeeds,
  transaction: Transaction,
  step: Step,
  run: Run,
): Promise<StepView | undefined> {
  const { hosts, incidents, people, solutions } = transaction;
  const host = await hosts.find(step.hostId);
  const fanOut = await readFanOut(transaction, step);
  const version = await solutions.version(run.versionId);
  const requestedBy = await people.find(run.requestedBy);
  if (!host || fanOut === undefined || !requestedBy || version?.content.kind !== 'runbook') return undefined;
  const channel = (await incidents.find(run.incidentId))?.channel ?? null;
  const { runbook } = version.content;
  // A run may have turned since: a step is counted among those of its own kind.
  const direction = step.kind === 'rollback' ? 'rollback' : 'forward';
  const positions =
    step.round === 1
      ? (await readChecksAgain(transaction, run.id)).map(({ position }) => position)
      : positionsOf(runbook, { direction });
  const { slug } = version;
  const hostsOf = fanOut === null ? [] : fanOut.targets.map((target) => target.host);
  const about = { risk: step.risk, hosts: [host, ...hostsOf] as const, channel, runbook: slug };
  const inForce = await readTerms(needs, transaction, about);
  const after = { step, run, runbook, channel, slug, positions, terms: inForce.terms };
  return {
    step,
    run,
    host,
    jumps: (await jumpsTo(transaction, host)) ?? null,
    fanOut,
    requestedBy,
    terms: inForce.terms,
    closed: inForce.closed,
    unshowable: whyNotShown(needs, step),
    decisions: await readDecisions(transaction, step),
    together: await checksTogether(needs, transaction, after),
    runbookTitle: runbook.title,
    number: positions.indexOf(step.position) + 1,
    count: positions.length,
    isRetryRefused: step.retry === null && runbook.steps[step.position]?.retry !== undefined,
    isReplaced: await isReplaced(transaction, step),
    liveOutput: '',
    rollback: rollbackCommands(runbook, run, step),
    mayTurnBack: await mayTurnBack(transaction, runbook, run),
    lingering: await readLingering(transaction, step, host, fanOut),
  };
}

const waiting: readonly StepState[] = ['proposed', 'approved', 'running'];

/** Names of the hosts on which this change, or one that it has to wait for, may still be at work unseen. */
async function readLingering(
  { runs }: Transaction,
  { state, risk, lingers }: Step,
  host: Host,
  fanOut: FanOutView | null,
): Promise<readonly string[]> {
  if (risk === 'read-only') return [];
  const targets = fanOut?.targets ?? [{ host, part: null }];
  const on = waiting.includes(state) ? await runs.lingering(targets.map((one) => one.host.id)) : [];
  return targets
    .filter(({ host: { id }, part }) => (part?.lingers ?? lingers) || on.some(({ hostId }) => hostId === id))
    .map((one) => one.host.name);
}

/**
 * A card shows what will run, so a step that would be masked on it cannot be approved, nor run when it was. At the proposal
 * it is refused; this is about a secret that became known since.
 */
function whyNotShown({ redact }: ViewNeeds, { command, fanOut, given }: Step): string | null {
  const shown = [command, ...(fanOut?.targets ?? []).map((target) => target.command), ...givenLines(given)];
  return shown.every((text) => redact(text) === text)
    ? null
    : 'It holds a secret, so the card cannot show what would run.';
}

async function readDecisions(
  { people, runs }: Transaction,
  { id }: Pick<Step, 'id'>,
): Promise<StepView['decisions']> {
  const decisions = [];
  for (const { personId, decision } of await runs.approvals(id)) {
    const person = await people.find(personId);
    if (person) decisions.push({ person, decision });
  }
  return decisions;
}

async function isReplaced({ runs }: Transaction, step: Step): Promise<boolean> {
  if (step.state !== 'skipped') return false;
  const { position, attempt, round } = step;
  return (await runs.steps(step.runId)).some(
    (one) => one.position === position && one.round === round && one.attempt > attempt,
  );
}

/** What would undo a step, as it would be typed; a template that these parameters do not fit is shown as it is. */
function rollbackCommands(
  runbook: Runbook,
  { parameters }: Run,
  { kind, position }: Step,
): readonly string[] {
  return runbook.steps
    .filter((one) => one.kind === 'rollback')
    .filter((one) => kind !== 'remediation' || undonePositions(runbook, one).includes(position))
    .map(({ command }) => {
      const isOfGroup = findPlaceholders(command).some(
        ({ name }) => groupOf(parameters[name] ?? '') !== undefined,
      );
      const rendered = renderCommand(command, parameters);
      return !isOfGroup && rendered.kind === 'rendered' ? rendered.command : command;
    });
}

/** Brings the card of a step, of a part the one of its whole, up to date; every path that changes a step ends here, so no stale button stays. */
export async function stampCard(
  needs: ViewNeeds,
  transaction: Transaction,
  step: Step,
  urgency: Urgency,
  liveOutput = '',
): Promise<void> {
  const { runs, outbox } = transaction;
  const run = await runs.find(step.runId);
  const shown = step.partOf === null ? step : await runs.step(step.partOf);
  const view = run && shown && (await readStepView(needs, transaction, shown, run));
  if (view) await outbox.revise(step.postId, stepCard({ ...view, liveOutput }), urgency);
}

type BoundStep = Pick<
  Step,
  | 'id'
  | 'attempt'
  | 'command'
  | 'given'
  | 'timeoutMs'
  | 'expect'
  | 'exitCodes'
  | 'retry'
  | 'risk'
  | 'expiresAt'
  | 'nonce'
>;

interface Bound extends Pick<StepView, 'run' | 'host' | 'jumps' | 'fanOut'> {
  readonly step: BoundStep;
}

/** What an approval of this step binds, from the rows as they are now. */
export function bindingOf(
  workspace: WorkspaceId,
  { step, run, host, jumps, fanOut }: Bound,
): ApprovalBinding {
  return {
    workspace,
    incident: run.incidentId,
    run: run.id,
    step: step.id,
    attempt: step.attempt,
    host: host.id,
    ...hopOf(host),
    ...boundWay(host, jumps),
    command: step.command,
    fanOut: fanOut && { ...fanOut, targets: fanOut.targets.map(boundHost) },
    environment: step.given.environment,
    ...(step.given.input && { input: step.given.input }),
    timeoutMs: step.timeoutMs,
    expect: step.expect,
    exitCodes: step.exitCodes,
    ...(step.retry && { retry: step.retry }),
    risk: step.risk,
    version: run.versionId,
    expiresAt: step.expiresAt,
    nonce: step.nonce,
  };
}

const boundHost = ({ host, jumps, command }: FanOutTargetView) => ({
  host: host.id,
  ...hopOf(host),
  ...boundWay(host, jumps),
  command,
});
