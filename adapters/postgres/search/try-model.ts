import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';

/** Asks a model; undefined when it cannot be had. */
export type TryModel = <T>(work: () => Promise<T>) => Promise<T | undefined>;

const warnEveryMs = 60_000;

/**
 * Makes the loss of a model bearable: a Fault, a time-out or a broken-off request gives undefined, and so does every
 * call in the next `pauseMs`, so that responders do not wait again and again for what is away. Warned about at most
 * once a minute. Defects of Recourse itself are thrown.
 */
export function createTryModel(
  { name, logger, pauseMs }: { readonly name: string; readonly logger: Logger; readonly pauseMs: number },
  now: () => number = () => performance.now(),
): TryModel {
  let resumeAt = Number.NEGATIVE_INFINITY;
  let warnAt = Number.NEGATIVE_INFINITY;
  return async (work) => {
    if (now() < resumeAt) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!isExpected(error)) throw error;
      resumeAt = now() + pauseMs;
      if (now() >= warnAt) {
        warnAt = now() + warnEveryMs;
        logger.warn({ error }, `the search does without the ${name}`);
      }
      return undefined;
    }
  };
}

function isExpected(error: unknown): boolean {
  return error instanceof Fault || (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name));
}
