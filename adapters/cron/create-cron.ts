import { schedule } from 'node-cron';
import type { Logger } from '#ports/logger.ts';

export interface CronOptions {
  /** Five or six fields, in the time zone of the process. */
  readonly expression: string;
  readonly onTick: () => Promise<void>;
  readonly logger: Logger;
}

export interface Cron {
  stop(): Promise<void>;
}

/**
 * Calls `onTick` at every match of the expression. A tick that comes while the last one still works is left out,
 * and one that throws is logged; the next comes all the same. It only triggers: a lease or the queue decides
 * which replica works.
 */
export function createCron({ expression, onTick, logger }: CronOptions): Cron {
  const task = schedule(expression, () => tick(onTick, logger), {
    noOverlap: true,
    // A laptop that slept or a busy loop is no news; the next tick makes up for it.
    suppressMissedWarning: true,
    unref: true,
    logger: forward(logger),
  });
  return { stop: async () => void (await task.destroy()) };
}

async function tick(onTick: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await onTick();
  } catch (error) {
    logger.error({ error }, 'A scheduled job failed; it is due again at the next tick');
  }
}

function forward(logger: Logger) {
  const text = (message: string | Error) => (message instanceof Error ? message.message : message);
  return {
    debug: (message: string | Error) => logger.debug({}, text(message)),
    info: (message: string) => logger.info({}, message),
    warn: (message: string) => logger.warn({}, message),
    error: (message: string | Error, error?: Error) => logger.error({ error }, text(message)),
  };
}
