import { describe, expect, it } from 'vitest';
import { judgeQuality, staleSince } from '#domain/learning/quality.ts';
import { neverUsed, type UseCounts } from '#domain/learning/success-rate.ts';
import { fc } from '#test/support/properties.ts';

const hour = 3_600_000;
const day = 24 * hour;
const uses = (changes: Partial<UseCounts>): UseCounts => ({ ...neverUsed, ...changes });

describe('the quality of a solution', () => {
  it.each([
    ['what always helps, at once, wherever it is shown and surely', 1, { resolvesInMs: 0 }, 1],
    [
      'one that fails, is never chosen and takes for ever',
      0,
      { resolvesInMs: 1e18, reused: 0, confidence: 0 },
      0,
    ],
    ['feedback, four tenths', 0.5, { resolvesInMs: 0 }, 0.8],
    ['time, three tenths, an hour being one half', 1, { resolvesInMs: hour }, 0.85],
    ['a time that nobody measured, one half too', 1, { resolvesInMs: null }, 0.85],
    ['reuse, two tenths', 1, { resolvesInMs: 0, reused: 1 }, 0.85],
    ['confidence, one tenth', 1, { resolvesInMs: 0, confidence: 0.5 }, 0.95],
  ])('is of %s', (_what, success, changes, quality) => {
    const whole = uses({ recommended: 4, reused: 4, confidence: 1, ...changes });
    expect(judgeQuality(success, whole)).toBeCloseTo(quality, 9);
  });

  it('is between 0 and 1, also where it was chosen more often than counted', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const counts = fc.record({ recommended: fc.nat(), reused: fc.nat(), confidence: share });
    fc.assert(
      fc.property(share, counts, fc.option(fc.nat()), (success, counted, resolvesInMs) => {
        const quality = judgeQuality(success, uses({ ...counted, resolvesInMs }));
        expect(quality).toBeGreaterThanOrEqual(0);
        expect(quality).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

describe('what is stale', () => {
  it('was used last, or changed where that is later, so many days ago', () => {
    const now = 1000 * day;
    const known = { lastUsedAt: now - 183 * day, updatedAt: now - 900 * day };
    expect(staleSince(known, now, 183)).toBe(known.lastUsedAt);
    expect(staleSince(known, now - 1, 183)).toBeNull();
    expect(staleSince({ ...known, lastUsedAt: null }, now, 183)).toBe(known.updatedAt);
    expect(staleSince({ ...known, updatedAt: now - day }, now, 183)).toBeNull();
  });
});
