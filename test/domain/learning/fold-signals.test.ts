import { describe, expect, it } from 'vitest';
import { defaultFoldSettings, foldSignals, priorMean } from '#domain/learning/fold-signals.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { type Verdict, verdicts } from '#domain/learning/verdict.ts';
import { fc } from '#test/support/properties.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 31);
const vote = (person: string, verdict: Verdict, daysAgo = 0): Signal => ({
  kind: 'vote',
  person,
  incident: `incident-${person}-${daysAgo}`,
  verdict,
  at: now - daysAgo * day,
});
const run = (passed: boolean, daysAgo = 0): Signal => ({
  kind: 'run',
  incident: `run-${daysAgo}`,
  passed,
  at: now - daysAgo * day,
});
const many = (count: number, verdict: Verdict, from = 0): Signal[] =>
  Array.from({ length: count }, (_, index) => vote(`p${from + index}`, verdict));

describe('foldSignals', () => {
  it('knows nothing without signals', () => {
    expect(foldSignals([], now)).toEqual({ worked: 0, tried: 0, success: priorMean(), lastWorkedAt: null });
  });

  it('stays at the prior with fewer than three data points, but counts them', () => {
    expect(foldSignals(many(2, 'worked'), now)).toEqual({
      worked: 2,
      tried: 2,
      success: priorMean(),
      lastWorkedAt: now,
    });
  });

  it('moves with the third', () => {
    expect(foldSignals(many(3, 'worked'), now).success).toBeCloseTo(4 / 5);
    expect(foldSignals(many(3, 'failed'), now).success).toBeCloseTo(1 / 5);
  });

  it('ranks 18 of 20 above 1 of 1 and above 3 of 3', () => {
    const seasoned = foldSignals([...many(18, 'worked'), ...many(2, 'failed', 18)], now);
    expect(seasoned).toMatchObject({ worked: 18, tried: 20 });
    expect(seasoned.success).toBeGreaterThan(foldSignals(many(1, 'worked'), now).success);
    expect(seasoned.success).toBeGreaterThan(foldSignals(many(3, 'worked'), now).success);
  });

  it('counts a person once, by their latest verdict', () => {
    const rate = foldSignals(
      [vote('rae', 'worked', 5), vote('rae', 'failed', 1), vote('rae', 'worked', 9)],
      now,
    );
    expect(rate).toMatchObject({ worked: 0, tried: 1, lastWorkedAt: null });
  });

  it('counts every run, and partly as half', () => {
    const rate = foldSignals([run(true, 1), run(false, 2), vote('rae', 'partly')], now);
    expect(rate).toMatchObject({ worked: 1.5, tried: 3, lastWorkedAt: now - day });
    expect(rate.success).toBeCloseTo(0.5, 1);
  });

  it('lets old failures fade against new successes', () => {
    const recovered = foldSignals(
      [run(false, 400), run(false, 401), run(false, 402), run(true, 1), run(true, 2), run(true, 3)],
      now,
    );
    expect(recovered.success).toBeGreaterThan(0.7);
  });

  it('weighs a data point half after the half-life', () => {
    const { halfLifeDays } = defaultFoldSettings;
    const rate = foldSignals(
      [run(true, halfLifeDays), run(true, halfLifeDays), run(true, halfLifeDays)],
      now,
    );
    expect(rate.success).toBeCloseTo(2.5 / 3.5);
  });

  it('does not depend on the order of signals, and stays between 0 and 1', () => {
    const signal = fc.oneof(
      fc
        .record({ passed: fc.boolean(), ago: fc.integer({ min: -5, max: 900 }) })
        .map((r) => run(r.passed, r.ago)),
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...verdicts), fc.integer({ min: 0, max: 900 }))
        .map(([person, verdict, ago]) => vote(person, verdict, ago)),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 12 }), (signals) => {
        const rate = foldSignals(signals, now);
        expect(foldSignals(signals.toReversed(), now)).toEqual(rate);
        expect(rate.success).toBeGreaterThan(0);
        expect(rate.success).toBeLessThan(1);
        expect(rate.worked).toBeLessThanOrEqual(rate.tried);
      }),
      { numRuns: 100 },
    );
  });
});
