import { expect, it } from 'vitest';
import { keepCaughtUp } from '#adapters/slack/inbound/keep-caught-up.ts';
import { silentLogger } from '#test/support/playground.ts';

it('reads back until it succeeded, and again after a delivery that could not be kept', async () => {
  const stopping = new AbortController();
  const asked: (number | undefined)[] = [];
  const caughtUp = keepCaughtUp({
    readBack: async (since) => {
      asked.push(since);
      if ([0, 2].includes(asked.length - 1)) throw new Error('Slack is away');
    },
    logger: silentLogger,
    signal: stopping.signal,
    pauseMs: 1,
  });
  await expect.poll(() => asked).toEqual([undefined, undefined]);
  caughtUp.missed();
  const at = expect.any(Number);
  await expect.poll(() => asked).toEqual([undefined, undefined, at, at]);
  expect(asked[3]).toBe(asked[2]);
  stopping.abort();
  await caughtUp.ended;
  expect(asked).toHaveLength(4);
});
