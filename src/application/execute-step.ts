import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Step, StepResult } from '#domain/run/step.ts';
import { attemptOnHost } from '#domain/run/tries.ts';
import { wayTo } from '#domain/run/way.ts';
import { secretsIn } from '#domain/runbook/given.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { RemoteCommand, RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import { runnerLeaseMs } from './check-approval.ts';
import { type ClaimedStep, claimStep } from './claim-step.ts';
import type { Core } from './core.ts';
import { goOnFanOut } from './go-on-fan-out.ts';
import { isOverOnHost, judgeResult, type NotSent, notSent, tryNotSent } from './judge-result.ts';
import { keepTrying } from './keep-trying.ts';
import { stoodStill, whyNotNow, whyNotSent } from './look-again.ts';
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
  | 'matchPattern'
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
    const checkedAt = needs.clock.now();
    const claimed = step?.fanOut ? undefined : await claimStep(needs, workspace, stepId);
    needs.postsWaiting();
    if (claimed) await executeClaimed(needs, { ...claimed, checkedAt }, signal);
    needs.postsWaiting();
  };
}

/** A claimed step whose approvals held at `checkedAt`, by the clock of the process. */
interface CheckedStep extends ClaimedStep {
  readonly checkedAt: number;
}

async function executeClaimed(needs: ExecuteNeeds, claimed: CheckedStep, signal: AbortSignal): Promise<void> {
  const watch = watchStep(needs, claimed, signal);
  try {
    const given = await resolveGiven(needs, claimed.workspace, claimed.step.given);
    if (given.kind === 'refused') return await releaseStep(needs, claimed, notSent(given.why));
    const connection = await needs.shell.connect(claimed.host, claimed.jumps, watch.beforehand);
    if (connection.kind === 'refused')
      return await giveUp(needs, claimed, watch, notSent(`${connection.message} ${connection.advice}`));
    try {
      await sendStep(needs, { ...claimed, sent: given.sent }, connection.session, watch);
    } finally {
      await connection.session.close();
    }
  } finally {
    await watch.stop();
  }
}

type Watch = ReturnType<typeof watchStep>;

const stopped = 'It was stopped before it was sent.';

/** A process that is asked to end lets its claim run out: whoever finds it sends the step, while it is still approved. */
async function giveUp(needs: ExecuteNeeds, claimed: ClaimedStep, watch: Watch, why: NotSent): Promise<void> {
  if (watch.isEnding()) return;
  await releaseStep(needs, claimed, watch.signal.aborted ? notSent(stopped, 'cancelled') : why);
}

/** A claimed step with the values that it is given. They leave this module on their way to the host and no other way. */
interface ReadyStep extends CheckedStep {
  readonly sent: Pick<RemoteCommand, 'environment' | 'input'>;
}

async function sendStep(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  session: RemoteSession,
  watch: Watch,
): Promise<void> {
  const { step } = claimed;
  const { setsid, timeout, records } = session.abilities;
  const able = setsid && timeout && records;
  if (step.risk !== 'read-only' && !able) return releaseStep(needs, claimed, notSent(unable));
  const begunAt = needs.clock.now();
  const not = watch.beforehand.aborted ? notSent(stopped, 'cancelled') : await begin(needs, claimed);
  if (not) return giveUp(needs, claimed, watch, not);
  const tried = await runOn(needs, claimed, session, watch, begunAt);
  const send = (again: ReadyStep, since: number) => sendAgain(needs, again, watch, since);
  const ended = await retryStep(needs, claimed, tried, watch, send);
  // A result in hand is kept until the database takes it: it cannot be had twice.
  await keepTrying(needs.logger, () => settleStep(needs, ended.claimed, ended.result));
}

/** A further try, which has begun already. The connection may have broken since, so it is asked for anew. */
async function sendAgain(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  watch: Watch,
  begunAt: number,
): Promise<Tried> {
  // Read anew: a secret may have been replaced since the try before.
  const given = await resolveGiven(needs, claimed.workspace, claimed.step.given);
  if (given.kind === 'refused') return { result: tryNotSent(claimed.step, given.why), isOver: false };
  const connection = await needs.shell.connect(claimed.host, claimed.jumps, watch.beforehand);
  if (connection.kind === 'refused') {
    if (watch.beforehand.aborted) return { result: notAgain(claimed, watch), isOver: false };
    const { message, advice, reason } = connection;
    return { result: tryNotSent(claimed.step, `${message} ${advice}`), isOver: reason === 'unreachable' };
  }
  try {
    return await runOn(needs, { ...claimed, sent: given.sent }, connection.session, watch, begunAt);
  } finally {
    await connection.session.close();
  }
}

const notAgain = ({ step }: ReadyStep, watch: Watch): NotSent =>
  watch.signal.aborted ? tryNotSent(step, stopped, 'cancelled') : tryNotSent(step, stoodStill);

/**
 * Sends a try, unless so much time has gone by since the commit for it that it may not be sent any more. A session throws
 * only when nothing was sent; every other end is a result.
 */
async function runOn(
  needs: ExecuteNeeds,
  claimed: ReadyStep,
  session: RemoteSession,
  watch: Watch,
  begunAt: number,
): Promise<Tried> {
  const { step, sent: given } = claimed;
  let not: string | undefined;
  const mayBegin = async (): Promise<boolean> => {
    not = await whyNotSent(needs, claimed, watch, begunAt);
    return not === undefined;
  };
  const attempt = session.abilities.records ? attemptOnHost(step) : null;
  const command = { command: step.command, timeoutMs: step.timeoutMs, attempt, ...given, mayBegin };
  let sent: RemoteResult;
  try {
    sent = await session.run(command, watch.onOutput, watch.signal);
  } catch (error) {
    const why = not ?? needs.redact(describeFault(error).what);
    return { result: tryNotSent(step, why), isOver: not === undefined };
  }
  return { result: judge(needs, step, sent), isOver: isOverOnHost(sent) };
}

function judge({ redact, matchPattern }: ExecuteNeeds, step: Step, sent: RemoteResult): StepResult {
  const judged = judgeResult(step, sent, matchPattern);
  const clean = (text: string) => redact(storableText(text));
  const [stdout, stderr, why] = [clean(judged.stdout), clean(judged.stderr), clean(judged.why)];
  return { ...judged, stdout, stderr, why };
}

const unable =
  'The host lacks setsid, timeout or a place for records, so a change could not be stopped or followed up safely. Install util-linux and coreutils there, and give the login a home directory.';

/** The log says which secrets left Recourse, by name. */
function secretsOf({ given }: Pick<Step, 'given'>): { readonly secrets?: readonly string[] } {
  const secrets = secretsIn(given);
  return secrets.length === 0 ? {} : { secrets };
}

/** The commit after which the step may have been sent; or why it is not. */
function begin(needs: ExecuteNeeds, claimed: CheckedStep): Promise<NotSent | undefined> {
  const { unitOfWork, instance } = needs;
  const { workspace, step, runner, host, jumps } = claimed;
  return unitOfWork.within(workspace, async (transaction) => {
    await holdWhole(transaction, step);
    const why = await whyNotNow(needs, transaction, claimed, claimed.checkedAt);
    if (why !== undefined) return notSent(why);
    if (!(await transaction.runs.begin(step.id, runner, runnerLeaseMs))) return notSent(stopped, 'cancelled');
    await transaction.runs.keepWay(step.id, wayTo(host, jumps));
    await transaction.audit.append({
      actor: instance,
      event: 'step.running',
      details: { step: step.id, run: step.runId, host: step.hostId, ...secretsOf(step) },
    });
    await stampCard(needs, transaction, { ...step, state: 'running' }, 'progress');
    return undefined;
  });
}
