import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Step } from '#domain/run/step.ts';
import { attemptOnHost } from '#domain/run/tries.ts';
import { secretsIn } from '#domain/runbook/given.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { RemoteCommand, RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import { runnerLeaseMs } from './check-approval.ts';
import { type ClaimedStep, claimStep } from './claim-step.ts';
import type { Core } from './core.ts';
import { goOnFanOut } from './go-on-fan-out.ts';
import { isShortSince } from './is-short-since.ts';
import { isOverOnHost, judgeResult, notSent } from './judge-result.ts';
import { keepTrying } from './keep-trying.ts';
import { holdWhole } from './read-fan-out.ts';
import { resolveGiven } from './resolve-given.ts';
import { retryStep, type Tried } from './retry-step.ts';
import { releaseStep, settleStep } from './settle-step.ts';
import { stampCard } from './step-view.ts';
import { watchStep } from './watch-step.ts';

export type ExecuteNeeds = Pick<
  Core,
  | 'unitOfWork'
  | 'ids'
  | 'clock'
  | 'commandParser'
  | 'lineDiff'
  | 'settings'
  | 'redact'
  | 'shell'
  | 'secrets'
  | 'instance'
  | 'logger'
  | 'leases'
  | 'postsWaiting'
>;

/**
 * Runs one approved step, at most once: claimed by a conditional update that also checks the approval's hash and
 * the approvers' roles, connected, marked as running in a commit of its own, and only then sent.
 */
export function createExecuteStep(needs: ExecuteNeeds) {
  return async (workspace: WorkspaceId, stepId: StepId, signal: AbortSignal): Promise<void> => {
    const step = await needs.unitOfWork.within(workspace, ({ runs }) => runs.step(stepId));
    if (step?.fanOut) await goOnFanOut(needs, workspace, stepId);
    const claimed = step?.fanOut ? undefined : await claimStep(needs, workspace, stepId);
    needs.postsWaiting();
    if (claimed) await executeClaimed(needs, claimed, signal);
    needs.postsWaiting();
  };
}

async function executeClaimed(needs: ExecuteNeeds, claimed: ClaimedStep, signal: AbortSignal): Promise<void> {
  const watch = watchStep(needs, claimed, signal);
  try {
    const given = await resolveGiven(needs, claimed.workspace, claimed.step.given);
    if (given.kind === 'refused') return await releaseStep(needs, claimed, notSent(given.why));
    const connection = await needs.shell.connect(claimed.host, claimed.jumps, watch.signal);
    if (connection.kind === 'refused')
      return await releaseStep(needs, claimed, notSent(`${connection.message} ${connection.advice}`));
    try {
      await sendStep(needs, { ...claimed, sent: given.sent }, connection.session, watch);
    } finally {
      await connection.session.close();
    }
  } finally {
    await watch.stop();
  }
}

/** A claimed step with the values that it is given. They leave this module on their way to the host and no other way. */
interface ReadyStep extends ClaimedStep {
  readonly sent: Pick<RemoteCommand, 'environment' | 'input'>;
}

async function sendStep(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  session: RemoteSession,
  watch: ReturnType<typeof watchStep>,
): Promise<void> {
  const { step } = claimed;
  const { setsid, timeout, records } = session.abilities;
  const able = setsid && timeout && records;
  if (step.risk !== 'read-only' && !able) return releaseStep(needs, claimed, notSent(unable));
  const begunAt = needs.clock.now();
  if (watch.signal.aborted || !(await begin(needs, claimed)))
    return releaseStep(needs, claimed, notSent('It was stopped before it was sent.'));
  const tried = await runOwn(needs, claimed, session, watch, begunAt);
  const ended = await retryStep(needs, claimed, tried, watch, (again) => sendAgain(needs, again, watch));
  // A result in hand is kept until the database takes it: it cannot be had twice.
  await keepTrying(needs.logger, () => settleStep(needs, ended.claimed, ended.result));
}

/** A further try, which has begun already. The connection may have broken since, so it is asked for anew. */
async function sendAgain(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  watch: ReturnType<typeof watchStep>,
): Promise<Tried> {
  const begunAt = needs.clock.now();
  const connection = await needs.shell.connect(claimed.host, claimed.jumps, watch.signal);
  if (connection.kind === 'refused') {
    const { message, advice, reason } = connection;
    return { result: notSent(`${message} ${advice}`), isOver: reason === 'unreachable' };
  }
  try {
    return await runOwn(needs, claimed, connection.session, watch, begunAt);
  } finally {
    await connection.session.close();
  }
}

/** Sends a try, unless the process stood still since the commit for it and the step is not its own any more. */
async function runOwn(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  session: RemoteSession,
  watch: ReturnType<typeof watchStep>,
  begunAt: number,
): Promise<Tried> {
  if (await isStillOurs(needs, claimed, begunAt)) return runOn(needs, claimed, session, watch);
  return { result: notSent('Recourse stood still for too long after it had begun.'), isOver: false };
}

/** A session throws only when nothing was sent; every other end is a result. */
async function runOn(
  { redact }: ExecuteNeeds,
  { step, sent: given }: ReadyStep,
  session: RemoteSession,
  watch: ReturnType<typeof watchStep>,
): Promise<Tried> {
  const attempt = session.abilities.records ? attemptOnHost(step) : null;
  const command = { command: step.command, timeoutMs: step.timeoutMs, attempt, ...given };
  let sent: RemoteResult;
  try {
    sent = await session.run(command, watch.onOutput, watch.signal);
  } catch (error) {
    return { result: notSent(redact(describeFault(error).what)), isOver: true };
  }
  const judged = judgeResult(step, sent);
  const clean = (text: string) => redact(storableText(text));
  const [stdout, stderr, why] = [clean(judged.stdout), clean(judged.stderr), clean(judged.why)];
  return { result: { ...judged, stdout, stderr, why }, isOver: isOverOnHost(sent) };
}

const unable =
  'The host lacks setsid, timeout or a place for records, so a change could not be stopped or followed up safely. Install util-linux and coreutils there, and give the login a home directory.';

/** The log says which secrets left Recourse, by name. */
function secretsOf({ given }: Pick<Step, 'given'>): { readonly secrets?: readonly string[] } {
  const secrets = secretsIn(given);
  return secrets.length === 0 ? {} : { secrets };
}

/**
 * The last look at the claim before a command leaves: a process that was stopped meanwhile may have lost it, and a person may
 * have chosen already. A clock that shows no such gap saves the question.
 */
async function isStillOurs(
  { unitOfWork, clock, logger }: ExecuteNeeds,
  { workspace, step, runner }: ClaimedStep,
  begunAt: number,
): Promise<boolean> {
  if (isShortSince(clock, begunAt, runnerLeaseMs / 3)) return true;
  const look = () =>
    unitOfWork.within(workspace, ({ runs }) => runs.heartbeat(step.id, runner, runnerLeaseMs));
  return (await keepTrying(logger, look)).held;
}

/** The commit after which the step may have been sent. */
function begin(needs: ExecuteNeeds, { workspace, step, runner }: ClaimedStep): Promise<boolean> {
  const { unitOfWork, instance } = needs;
  return unitOfWork.within(workspace, async (transaction) => {
    await holdWhole(transaction, step);
    if (!(await transaction.runs.begin(step.id, runner, runnerLeaseMs))) return false;
    await transaction.audit.append({
      actor: instance,
      event: 'step.running',
      details: { step: step.id, run: step.runId, host: step.hostId, ...secretsOf(step) },
    });
    await stampCard(needs, transaction, { ...step, state: 'running' }, 'progress');
    return true;
  });
}
