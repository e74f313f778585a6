import { expect, it } from 'vitest';
import { createCron } from '#adapters/cron/create-cron.ts';
import type { Logger } from '#ports/logger.ts';

function recordingLogger() {
  const errors: string[] = [];
  const ignore = () => undefined;
  const logger: Logger = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (_fields, text) => errors.push(text),
  };
  return { logger, errors };
}

it('goes on ticking after a tick that failed, until it is stopped', async () => {
  const { logger, errors } = recordingLogger();
  let ticks = 0;
  const third = Promise.withResolvers<void>();
  const cron = createCron({
    expression: '* * * * * *',
    logger,
    onTick: async () => {
      ticks += 1;
      if (ticks === 1) throw new Error('first');
      third.resolve();
    },
  });
  await third.promise;
  await cron.stop();
  expect(ticks).toBe(2);
  expect(errors).toEqual(['A scheduled job failed; it is due again at the next tick']);
});
