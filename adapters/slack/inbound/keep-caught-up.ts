import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#ports/logger.ts';

/** The first pause is also how long after a loss it is read back: losses come in rows. */
const firstMs = 5000;
const mostMs = 300_000;

export interface CaughtUp {
  /** A delivery could not be kept, so it has to be read back. */
  missed(): void;
  /** Resolves after the end. */
  readonly ended: Promise<void>;
}

export interface CaughtUpOptions {
  /** Reads back what is missing since a time in milliseconds, or since what is stored; throws to be tried again. */
  readonly readBack: (since: number | undefined) => Promise<void>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Before the second attempt, in milliseconds; they grow from there. */
  readonly pauseMs?: number;
}

/** Reads back at once, again until it succeeded, and again after each loss. */
export function keepCaughtUp({ readBack, logger, signal, pauseMs = firstMs }: CaughtUpOptions): CaughtUp {
  let since: number | undefined;
  let losses = 0;
  let lost = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => lost.resolve(), { once: true });
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  const attempt = async (): Promise<boolean> => {
    const before = losses;
    lost = Promise.withResolvers();
    try {
      await readBack(since);
    } catch (error) {
      if (!signal.aborted) logger.warn({ error }, 'what was missed could not be read back yet from Slack');
      return false;
    }
    if (losses === before) since = undefined;
    return losses === before;
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted; ) {
      if (await attempt()) {
        failures = 0;
        await lost.promise;
      } else failures += 1;
      await pause(Math.min(pauseMs * 2 ** Math.max(0, failures - 1), mostMs));
    }
  };
  return {
    missed: () => {
      since ??= Date.now();
      losses += 1;
      lost.resolve();
    },
    ended: run(),
  };
}
