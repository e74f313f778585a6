import { describe, expect, it } from 'vitest';
import { type PastAlert, summariseHistory } from '#domain/alert/alert-history.ts';
import { dayMs } from '#domain/runbook/parse-duration.ts';

const minuteMs = 60_000;
/** A Friday, 03:00 UTC. */
const now = Date.UTC(2026, 10, 20, 3);

const daysAgo = (days: number, changes: Partial<PastAlert> = {}): PastAlert => {
  const beganAt = now - days * dayMs;
  return { beganAt, endedAt: beganAt + 12 * minuteMs, fired: 1, verdict: null, ...changes };
};

describe('the history of an alert', () => {
  it('tells how often it was there, how long it usually took, and what people called it', () => {
    const past = [
      daysAgo(1, { endedAt: null }),
      daysAgo(2, { verdict: 'noise' }),
      daysAgo(3, { verdict: 'noise', endedAt: now - 3 * dayMs + 90 * minuteMs }),
      daysAgo(40, { verdict: 'real' }),
    ];
    expect(summariseHistory(past, now)).toMatchObject({
      times: 4,
      usualMs: 12 * minuteMs,
      noise: 2,
      judged: 3,
      inWeek: 4,
      isProbablyNoise: false,
    });
  });

  it('knows no usual time while no end is known', () => {
    expect(summariseHistory([daysAgo(1, { endedAt: null })], now).usualMs).toBeNull();
  });

  it.each([
    [2, 0, false],
    [3, 0, true],
    [4, 1, true],
    [3, 1, false],
    [7, 1, true],
  ])('of %i times noise and %i times real is probably noise: %s', (noise, real, is) => {
    const past = [
      ...Array.from({ length: noise }, () => daysAgo(2, { verdict: 'noise' })),
      ...Array.from({ length: real }, () => daysAgo(2, { verdict: 'real' })),
      ...Array.from({ length: 5 }, () => daysAgo(9)),
    ];
    expect(summariseHistory(past, now).isProbablyNoise).toBe(is);
  });

  it('finds the day of the week that most of them fell on', () => {
    const fridays = [7, 14, 21].map((days) => daysAgo(days));
    expect(summariseHistory(fridays, now).usualDay).toBe(5);
    expect(summariseHistory([...fridays, daysAgo(1), daysAgo(2), daysAgo(3)], now).usualDay).toBeNull();
  });

  it('takes several on one Friday for one Friday', () => {
    const past = Array.from({ length: 6 }, (_, hour) => daysAgo(7 - hour / 24));
    expect(summariseHistory(past, now).usualDay).toBeNull();
  });

  it('counts as flapping what fired often within a short time', () => {
    const flapped = daysAgo(3, { fired: 4, endedAt: now - 3 * dayMs + 29 * minuteMs });
    const slow = daysAgo(4, { fired: 4, endedAt: now - 4 * dayMs + 31 * minuteMs });
    const seldom = daysAgo(5, { fired: 3, endedAt: now - 5 * dayMs + 2 * minuteMs });
    expect(summariseHistory([flapped, slow, seldom], now).flapped).toBe(1);
  });
});
