import type { Logger } from '#ports/logger.ts';
import { pause } from './pause.ts';

/** Runs `work` again and again with a pause before each turn; a failure is logged as `what`, and the next turn tries again. */
export function repeat(
  work: () => Promise<void>,
  everyMs: number,
  logger: Logger,
  what: string,
): { readonly stop: () => Promise<void> } {
  const stopped = new AbortController();
  const turn = async () => {
    while (!stopped.signal.aborted) {
      await pause(everyMs, stopped.signal);
      if (!stopped.signal.aborted) await work().catch((error) => logger.warn({ error }, what));
    }
  };
  const ended = turn();
  return {
    stop: () => {
      stopped.abort();
      return ended;
    },
  };
}
