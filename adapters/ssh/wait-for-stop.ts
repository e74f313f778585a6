/** Why a running command shall end before it does so by itself. */
export type StopReason = 'timed-out' | 'cancelled';

/** Node fires a timer set for longer than this at once. */
const longestTimerMs = 2 ** 31 - 1;

export interface StopWatch {
  readonly stopped: Promise<StopReason>;
  dispose(): void;
}

/** Waits for whichever comes first: the time-out or the abort. */
export function waitForStop(timeoutMs: number, signal: AbortSignal): StopWatch {
  let dispose = (): void => undefined;
  const stopped = new Promise<StopReason>((resolve) => {
    const cancel = (): void => resolve('cancelled');
    const timer = setTimeout(() => resolve('timed-out'), Math.min(timeoutMs, longestTimerMs));
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    dispose = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
  });
  return { stopped, dispose };
}
