import { hashBinding } from '#domain/approval/binding.ts';
import { Fault } from '#domain/fault.ts';
import type { Host } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepResult } from '#domain/run/step.ts';
import { attemptOnHost } from '#domain/run/tries.ts';
import { type Fate, fateText } from '#domain/wording/fate-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { jumpsTo } from './claim-step.ts';
import type { Core } from './core.ts';
import { holdWhole } from './read-fan-out.ts';
import { bindingOf, stampCard } from './step-view.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'shell' | 'clock' | 'settings' | 'commandParser' | 'redact' | 'postsWaiting'
>;

interface Lost {
  readonly step: Step;
  readonly run: Run;
  readonly host: Host;
  readonly jumps: readonly Host[];
}

/**
 * Asks the host what became of a step that was lost sight of, and tells its thread. Nothing is run and the step stays
 * unknown: what to do with it is a person's choice, made with what the host knows. Throws while the host cannot be reached, to
 * be asked again.
 */
export function createInquireStep(needs: Needs) {
  return async (workspace: WorkspaceId, stepId: StepId, signal: AbortSignal): Promise<void> => {
    const lost = await needs.unitOfWork.within(workspace, (transaction) =>
      findLost(transaction, workspace, stepId),
    );
    if (!lost) return;
    const fate = await ask(needs, lost, signal);
    await needs.unitOfWork.within(workspace, (transaction) => tell(needs, transaction, lost, fate));
    needs.postsWaiting();
  };
}

/** Undefined when there is nothing to ask, or the host is another one now: what it knows is about something else. */
async function findLost(
  transaction: Transaction,
  workspace: WorkspaceId,
  id: StepId,
): Promise<Lost | undefined> {
  const { runs, hosts } = transaction;
  const step = await runs.step(id);
  const run = step?.state === 'unknown' ? await runs.find(step.runId) : undefined;
  const host = step && (await hosts.find(step.hostId));
  if (!step || !run || !host) return undefined;
  const jumps = await jumpsTo(transaction, host);
  const isSame = hashBinding(bindingOf(workspace, { step, run, host, fanOut: null })) === step.binding;
  return jumps && isSame ? { step, run, host, jumps } : undefined;
}

/** Clocks of hosts and of the database need not agree to the second. */
const marginMs = 60_000;

async function ask({ shell, clock }: Needs, { step, host, jumps }: Lost, signal: AbortSignal): Promise<Fate> {
  const connection = await shell.connect(host, jumps, signal);
  if (connection.kind === 'refused')
    throw new Fault('unavailable', 'host-away', connection.message, connection.advice);
  try {
    const ageMs = clock.now() - (step.startedAt ?? clock.now()) + marginMs;
    return await connection.session.inquire(attemptOnHost(step), ageMs);
  } finally {
    await connection.session.close();
  }
}

const nothing = { signal: null, stdout: '', stderr: '', stdoutBytes: 0, stderrBytes: 0 };

async function tell(needs: Needs, transaction: Transaction, lost: Lost, fate: Fate): Promise<void> {
  await holdWhole(transaction, lost.step);
  const step = await transaction.runs.lockStep(lost.step.id);
  // A late result, or a person, may have been faster.
  if (step?.state !== 'unknown') return;
  const why = needs.redact(fateText(fate));
  const exitCode = fate.kind === 'exited' ? fate.exitCode : null;
  const result: StepResult = { ...nothing, ...step.result, state: 'unknown', exitCode, why };
  await transaction.runs.learn(step.id, result);
  const details = { step: step.id, host: step.hostId, ...fate };
  await transaction.audit.append({ actor: 'inquiry', event: 'step.inquired', details });
  await stampCard(needs, transaction, { ...step, result }, 'approval');
  const incident = await transaction.incidents.find(lost.run.incidentId);
  if (!incident) return;
  const told = notice(`"${step.title}" on ${lost.host.name}: ${why}`, 'waiting');
  await transaction.outbox.post(needs.ids.next(), incident, told, 'approval');
}
