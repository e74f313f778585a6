import type { Step, StepResult } from '#domain/run/step.ts';
import { failedTry, hasTryLeft } from '#domain/run/tries.ts';
import { nextTryText, noNextTry } from '#domain/wording/try-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { runnerLeaseMs } from './check-approval.ts';
import { type ClaimedStep, checkClaim } from './claim-step.ts';
import type { ExecuteNeeds } from './execute-step.ts';
import { keepTrying } from './keep-trying.ts';
import { pause } from './pause.ts';
import { holdWhole } from './read-fan-out.ts';
import { stampCard } from './step-view.ts';
import type { watchStep } from './watch-step.ts';

/** How one try ended. `isOver`: the host is known to be through with it, or nothing was sent to it. */
export interface Tried {
  readonly result: StepResult;
  readonly isOver: boolean;
}

/** The last try of a step, with those before it. */
interface Ended {
  readonly claimed: ClaimedStep;
  readonly result: StepResult;
}

type Watch = Pick<ReturnType<typeof watchStep>, 'signal' | 'beforehand' | 'onOutput'>;

/**
 * Tries a step again that only reads, as often as its approval says, while it fails and the host is through with the try
 * before. What was approved, the roles and the host are checked again each time, and each try is committed before it is sent.
 */
export async function retryStep<Claimed extends ClaimedStep>(
  needs: ExecuteNeeds,
  first: Claimed,
  tried: Tried,
  watch: Watch,
  send: (claimed: Claimed, begunAt: number) => Promise<Tried>,
): Promise<Ended> {
  let claimed = first;
  let { result, isOver } = tried;
  while (isOver && hasTryLeft(claimed.step, result)) {
    const next = await nextTry(needs, claimed, result, watch);
    if (next.kind === 'none') return { claimed, result: next.result };
    claimed = { ...claimed, ...next.claimed };
    ({ result, isOver } = await send(claimed, next.begunAt));
  }
  return { claimed, result };
}

type NextTry =
  /** `begunAt`: before the transaction that committed it, by the clock of the process. */
  | { readonly kind: 'begun'; readonly claimed: ClaimedStep; readonly begunAt: number }
  | { readonly kind: 'none'; readonly result: StepResult };

async function nextTry(
  needs: ExecuteNeeds,
  claimed: ClaimedStep,
  result: StepResult,
  watch: Watch,
): Promise<NextTry> {
  watch.onOutput(nextTryText(claimed.step, result));
  await pause(claimed.step.retry?.pauseMs ?? 0, watch.beforehand);
  if (watch.signal.aborted) return stopped(result);
  if (watch.beforehand.aborted) return over(result, stoodStill);
  const { unitOfWork, clock, logger } = needs;
  return keepTrying(logger, () => {
    const begunAt = clock.now();
    return unitOfWork.within(claimed.workspace, (transaction) =>
      begin(needs, transaction, { claimed, result, begunAt }),
    );
  });
}

const stoodStill = 'Recourse stood still for too long.';

interface Beginning {
  readonly claimed: ClaimedStep;
  readonly result: StepResult;
  readonly begunAt: number;
}

async function begin(
  needs: ExecuteNeeds,
  transaction: Transaction,
  { claimed, result, begunAt }: Beginning,
): Promise<NextTry> {
  const { workspace, step } = claimed;
  await holdWhole(transaction, step);
  const run = await transaction.runs.find(step.runId);
  if (run?.state !== 'active') return stopped(result);
  const checked = await checkClaim(needs, transaction, workspace, step, run);
  if (checked.kind === 'refused') return over(result, checked.why);
  const number = step.tries.length + 1;
  const claim = { runner: claimed.runner, leaseMs: runnerLeaseMs };
  const next = await transaction.runs.tryAgain(step.id, claim, failedTry(result), number);
  if (!next) return over(result, stoodStill);
  await audit(transaction, needs.instance, next, result);
  await stampCard(needs, transaction, next, 'progress');
  return { kind: 'begun', begunAt, claimed: { ...claimed, step: next, run, ...checked.route } };
}

function audit({ audit }: Transaction, actor: string, step: Step, { exitCode }: StepResult): Promise<void> {
  const { id, runId, hostId, tries } = step;
  const details = { step: id, run: runId, host: hostId, attempt: tries.length + 1, exitCodeBefore: exitCode };
  return audit.append({ actor, event: 'step.tried-again', details });
}

const over = (result: StepResult, why: string): NextTry => ({
  kind: 'none',
  result: { ...result, why: `${result.why} ${noNextTry(why)}` },
});

/** Between two tries nothing of it is on the host, so there is nothing to end there. */
const stopped = (result: StepResult): NextTry => over({ ...result, state: 'cancelled' }, 'It was stopped.');
