import { setTimeout as sleep } from 'node:timers/promises';
import type { CaughtUp, CaughtUpOptions } from '#ports/keeping.ts';

/** The first pause is also how long after a loss it is read back: losses come in rows. */
const firstMs = 5000;
const mostMs = 300_000;

/** See `Keeping.caughtUp`. `pauseMs` comes before the second attempt; pauses grow from there. */
export function keepCaughtUp(
  { name, readBack, logger, signal }: CaughtUpOptions,
  pauseMs = firstMs,
): CaughtUp {
  let since: number | undefined;
  let losses = 0;
  let lost = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => lost.resolve(), { once: true });
  let hurry = Promise.withResolvers<void>();
  const pause = async (ms: number): Promise<void> => {
    await Promise.race([sleep(ms, undefined, { signal }).catch(() => undefined), hurry.promise]);
    hurry = Promise.withResolvers();
  };
  const missed = (at: number): void => {
    since = Math.min(since ?? at, at);
    losses += 1;
    lost.resolve();
  };

  const attempt = async (): Promise<boolean> => {
    const before = losses;
    lost = Promise.withResolvers();
    try {
      await readBack(since);
    } catch (error) {
      if (!signal.aborted) logger.warn({ error }, `what was missed could not be read back yet from ${name}`);
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
    missed,
    gap: (at) => {
      missed(at);
      hurry.resolve();
    },
    ended: run(),
  };
}
