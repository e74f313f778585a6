import { livePart } from '#domain/redaction/live-part.ts';
import { lookAround } from '#domain/redaction/redaction-stream.ts';
import { createTextTail } from '#domain/text/text-tail.ts';
import { lastLines } from '#domain/wording/output-file.ts';
import { runnerLeaseMs } from './check-approval.ts';
import type { ClaimedStep } from './claim-step.ts';
import type { ExecuteNeeds } from './execute-step.ts';
import { repeat } from './repeat.ts';
import { stampCard } from './step-view.ts';

/** How often the card shows new output, and how much of it is shown at most. */
const progressEveryMs = 700;
const liveCharacters = 8000;

/** The life of a step while it is claimed or running: signs of life, cancellation, and its output on the card. */
export function watchStep(needs: ExecuteNeeds, claimed: ClaimedStep, outer: AbortSignal) {
  const { unitOfWork, logger, redact, postsWaiting } = needs;
  const { workspace, step, runner } = claimed;
  const cancelled = new AbortController();
  const lost = new AbortController();
  const tail = createTextTail(liveCharacters + lookAround);
  let shown = '';

  const beat = async () => {
    const { held, cancel } = await unitOfWork.within(workspace, ({ runs }) =>
      runs.heartbeat(step.id, runner, runnerLeaseMs),
    );
    if (cancel) cancelled.abort();
    if (!held) lost.abort();
  };
  const showProgress = async () => {
    // The card of a group has a line for each host, and no room for what all of them write.
    if (step.partOf !== null) return;
    const output = tail.read();
    if (output === shown) return;
    shown = output;
    const live = lastLines(redact(output, livePart(output, liveCharacters)), 15);
    await unitOfWork.within(workspace, async (transaction) => {
      // Held, or the result that is kept meanwhile would be overwritten on the card by the look at what came before.
      const current = await transaction.runs.lockStep(step.id);
      if (current?.state === 'running') await stampCard(needs, transaction, current, 'progress', live);
    });
    postsWaiting();
  };
  const timers = [beat, showProgress].map((work) =>
    repeat(work, progressEveryMs, logger, 'watching a step failed'),
  );
  const signal = AbortSignal.any([outer, cancelled.signal]);
  return {
    signal,
    /** For what comes before a command is sent. One that runs goes on without its claim: its real end is welcome still. */
    beforehand: AbortSignal.any([signal, lost.signal]),
    /** The process is asked to end, and nobody stopped the step. */
    isEnding: (): boolean => outer.aborted && !cancelled.signal.aborted,
    onOutput: tail.push,
    stop: async (): Promise<void> => {
      for (const timer of timers) await timer.stop();
    },
  };
}
