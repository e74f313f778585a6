import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';

const longestPauseMs = 5000;

/**
 * Repeats `work` while what it needs is unavailable, with growing pauses. Any other fault is thrown at once, and this
 * one too as soon as `enough` says so.
 */
export async function keepTrying<T>(
  logger: Logger,
  work: () => Promise<T>,
  enough: () => boolean = () => false,
): Promise<T> {
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'unavailable') || enough()) throw error;
      logger.warn({ error }, 'a result waits until the database answers again');
      await sleep(pauseMs);
    }
  }
}
