import { expect, it } from 'vitest';
import { keepCaughtUp } from '#application/keep-caught-up.ts';
import { silentLogger } from '#test/support/playground.ts';

it('reads back until it succeeded, and again after a delivery that could not be kept', async () => {
  const stopping = new AbortController();
  const asked: (number | undefined)[] = [];
  const readBack = async (since: number | undefined) => {
    asked.push(since);
    if ([0, 2].includes(asked.length - 1)) throw new Error('the chat is away');
  };
  const caughtUp = keepCaughtUp(
    { name: 'Slack', readBack, logger: silentLogger, signal: stopping.signal },
    1,
  );
  await expect.poll(() => asked).toEqual([undefined, undefined]);
  caughtUp.missed(2000);
  caughtUp.missed(1000);
  caughtUp.missed(3000);
  await expect.poll(() => asked).toEqual([undefined, undefined, 1000, 1000]);
  stopping.abort();
  await caughtUp.ended;
  expect(asked).toHaveLength(4);
});

it('reads back at once when a gap is over, however long the next attempt would have waited', async () => {
  const stopping = new AbortController();
  const asked: (number | undefined)[] = [];
  const readBack = async (since: number | undefined) => {
    asked.push(since);
    if (asked.length === 1) throw new Error('the chat is away');
  };
  const caughtUp = keepCaughtUp(
    { name: 'Discord', readBack, logger: silentLogger, signal: stopping.signal },
    3_600_000,
  );
  await expect.poll(() => asked).toEqual([undefined]);
  caughtUp.gap(1000);
  await expect.poll(() => asked).toEqual([undefined, 1000]);
  caughtUp.gap(2000);
  await expect.poll(() => asked).toEqual([undefined, 1000, 2000]);
  stopping.abort();
  await caughtUp.ended;
});
