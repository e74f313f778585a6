import type { Transaction } from '#ports/unit-of-work.ts';
import { runnerLeaseMs } from './check-approval.ts';
import { type ClaimedStep, checkClaim } from './claim-step.ts';
import type { ExecuteNeeds } from './execute-step.ts';
import { isShortSince } from './is-short-since.ts';
import { keepTrying } from './keep-trying.ts';

/** Below this nothing is asked again. A clock that shows no such gap saves the question. */
const freshMs = runnerLeaseMs / 3;

export const stoodStill = 'Recourse stood still for too long after it had begun.';

/**
 * Why a claimed step may not be sent any more, as a sentence. Where its approvals, roles, windows and freezes were asked for a
 * while ago (`since`, by the clock of the process), as when its host was slow to answer, they are asked for again.
 */
export async function whyNotNow(
  needs: ExecuteNeeds,
  transaction: Transaction,
  { workspace, step, run }: ClaimedStep,
  since: number,
): Promise<string | undefined> {
  if (isShortSince(needs.clock, since, freshMs)) return undefined;
  const current = await transaction.runs.find(run.id);
  const checked = await checkClaim(needs, transaction, workspace, step, current ?? run);
  return checked.kind === 'refused' ? checked.why : undefined;
}

/**
 * The last look before a command leaves, when it has its turn on the host: a process that was stopped meanwhile may have lost
 * its claim, a person may have chosen already, and changes may have been frozen while others were at work there.
 */
export async function whyNotSent(
  needs: ExecuteNeeds,
  claimed: ClaimedStep,
  { signal }: { readonly signal: AbortSignal },
  begunAt: number,
): Promise<string | undefined> {
  if (isShortSince(needs.clock, begunAt, freshMs)) return undefined;
  const { step, runner, workspace } = claimed;
  const look = () =>
    needs.unitOfWork.within(workspace, async (transaction) => {
      const { held } = await transaction.runs.heartbeat(step.id, runner, runnerLeaseMs);
      return held ? whyNotNow(needs, transaction, claimed, begunAt) : stoodStill;
    });
  return keepTrying(needs.logger, look, () => signal.aborted);
}
