import { describe, expect, it } from 'vitest';
import type { Context } from '#domain/context.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { foldSignals, unknownRate } from '#domain/learning/fold-signals.ts';
import { rateInContext } from '#domain/learning/rate-in-context.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { type Verdict, verdicts } from '#domain/learning/verdict.ts';
import { fc } from '#test/support/properties.ts';
import { alert, day, many, now, run, vote } from '#test/support/signals.ts';

describe('foldSignals', () => {
  it('knows nothing without signals', () => {
    expect(foldSignals([], now)).toEqual({
      worked: 0,
      tried: 0,
      ...unknownRate(),
      elsewhere: 0.5,
      doubtElsewhere: 0.25,
      places: [],
      lastWorkedAt: null,
    });
  });

  it('stays at the prior with fewer than three data points, but counts them', () => {
    expect(foldSignals(many(2, 'worked'), now)).toMatchObject({
      worked: 2,
      tried: 2,
      success: unknownRate().success,
      lastWorkedAt: now,
    });
  });

  it('moves with the third, the same way up and down', () => {
    const up = foldSignals(many(3, 'worked'), now).success;
    expect(up).toBeGreaterThan(0.65);
    expect(up).toBeLessThan(0.8);
    expect(foldSignals(many(3, 'failed'), now).success).toBeCloseTo(1 - up);
  });

  it('ranks 18 of 20 above 1 of 1 and above 3 of 3', () => {
    const seasoned = foldSignals([...many(18, 'worked'), ...many(2, 'failed', 18)], now);
    expect(seasoned).toMatchObject({ worked: 18, tried: 20 });
    expect(seasoned.success).toBeGreaterThan(foldSignals(many(1, 'worked'), now).success);
    expect(seasoned.success).toBeGreaterThan(foldSignals(many(3, 'worked'), now).success);
  });

  it('weighs a person once: their votes on one solution are split over one data point', () => {
    const often = [1, 2, 3, 4].map((ago) => vote('rae', 'failed', ago));
    expect(foldSignals([...often, vote('rae', 'worked', 9)], now)).toMatchObject({ worked: 0.2, tried: 1 });
    const others = many(3, 'worked');
    const once = foldSignals([...others, vote('rae', 'failed', 2)], now).success;
    expect(foldSignals([...others, ...often], now).success).toBeCloseTo(once, 1);
    const crowd = many(4, 'failed', 10);
    expect(foldSignals([...others, ...crowd], now).success).toBeLessThan(once - 0.15);
  });

  it('counts every run and alert, and partly as half', () => {
    const rate = foldSignals([run(true, 1), alert(false, 2), vote('rae', 'partly')], now);
    expect(rate).toMatchObject({ worked: 1.5, tried: 3, lastWorkedAt: now - day });
    expect(rate.success).toBeCloseTo(0.5, 1);
  });

  it('takes what two signals say of one incident for one incident', () => {
    const told = (incident: (at: number) => string): Signal[] =>
      [1, 2, 3].flatMap((ago) => [
        { ...run(true, ago), incident: incident(ago) },
        { ...alert(true, ago), incident: `${ago}` },
      ]);
    const same = foldSignals(
      told((ago) => `${ago}`),
      now,
    );
    const apart = foldSignals(
      told((ago) => `other ${ago}`),
      now,
    );
    expect(same.tried).toBe(apart.tried);
    expect(same.success).toBeLessThan(apart.success);
  });

  it('lets old failures fade against new successes', () => {
    const old = [0, 1, 2, 3].map((at) => run(false, 900 + at));
    const fresh = [0, 1, 2, 3].map((at) => run(true, 1 + at));
    const recovered = foldSignals([...old, ...fresh], now).success;
    expect(recovered).toBeGreaterThan(0.55);
    expect(
      foldSignals(
        [
          ...fresh.map((one, at) => ({ ...one, at: now - (900 + at) * day })),
          ...old.map((one, at) => ({ ...one, at: now - at * day })),
        ],
        now,
      ).success,
    ).toBeLessThan(0.45);
  });

  it('goes half of the way back to the prior in a half-life', () => {
    const signals = many(8, 'worked');
    const fresh = foldSignals(signals, now).success - unknownRate().success;
    const later =
      foldSignals(signals, now + defaultFoldSettings.halfLifeDays * day).success - unknownRate().success;
    expect(later).toBeCloseTo(fresh / 2);
  });

  it('is in doubt while signals are few, and again when they are old', () => {
    const doubts = [0, 2, 3, 8, 30].map((count) => foldSignals(many(count, 'worked'), now).doubt);
    expect(doubts.slice(0, 2)).toEqual([unknownRate().doubt, unknownRate().doubt]);
    for (const [more, fewer] of [
      [2, 1],
      [3, 2],
      [4, 3],
    ] as const)
      expect(doubts[more]).toBeLessThan(doubts[fewer] ?? 0);
    const old = foldSignals(many(8, 'worked'), now + 700 * day).doubt;
    expect(old).toBeGreaterThan((doubts[3] ?? 1) + 0.03);
  });

  it('gives the same numbers all day', () => {
    const signals = [...many(5, 'worked', 0, 3), run(false, 30)];
    expect(foldSignals(signals, now + day - 1)).toEqual(foldSignals(signals, now));
    expect(foldSignals(signals, now + day)).not.toEqual(foldSignals(signals, now));
  });

  it('does not depend on the order of signals, and stays between 0 and 1', () => {
    const ago = fc.integer({ min: -5, max: 900 });
    const where = fc.constantFrom<Context>(
      {},
      { os: 'ubuntu' },
      { os: 'rhel', application: 'mysql' },
      { os: 'ubuntu', hostGroup: 'web' },
      { os: 'ubuntu', hostGroup: 'db' },
    );
    const signal = fc.oneof(
      fc.tuple(fc.boolean(), ago, where).map(([passed, at, context]) => run(passed, at, context)),
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...verdicts), ago, where)
        .map(([person, verdict, at, context]) => vote(person, verdict satisfies Verdict, at, context)),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 12 }), where, (signals, context) => {
        const rate = foldSignals(signals, now);
        const { places, ...rest } = foldSignals(signals.toReversed(), now);
        expect(rest).toEqual({ ...rate, places: undefined });
        for (const success of [rate.success, rate.elsewhere, rateInContext(rate, context).success]) {
          expect(success).toBeGreaterThan(0);
          expect(success).toBeLessThan(1);
        }
        expect(places).toEqual(rate.places);
        expect(rate.worked).toBeLessThanOrEqual(rate.tried + 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});

describe('rateInContext', () => {
  const ubuntu = { os: 'ubuntu', application: 'mysql 8' };
  const rds = { application: 'rds' };
  const twelve = (context: Context, passed: boolean) =>
    Array.from({ length: 12 }, (_, at) => run(passed, at, context));

  it('says little of one place from what happened in another', () => {
    const rate = foldSignals([...twelve(ubuntu, true), run(true, 40)], now);
    const { success: there, doubt } = rateInContext(rate, ubuntu);
    const unknown = rateInContext({ ...rate, places: rate.places.slice(0, 1) }, rds);
    const { success: elsewhere } = unknown;
    expect(there).toBeGreaterThan(0.8);
    expect(unknown.doubt).toBeGreaterThan(1.5 * doubt);
    expect(elsewhere).toBeGreaterThan(unknownRate().success);
    expect(elsewhere).toBeLessThan(unknownRate().success + (there - unknownRate().success) / 1.5);
  });

  it('keeps places apart that were tried with another result, and pools them where nobody says where it is', () => {
    const rate = foldSignals([...twelve(ubuntu, true), ...twelve(rds, false)], now);
    expect(rateInContext(rate, ubuntu).success).toBeGreaterThan(0.7);
    expect(rateInContext(rate, rds).success).toBeLessThan(0.3);
    expect(rateInContext(rate, {}).success).toBe(rate.success);
    expect(rate.success).toBeCloseTo(0.5, 1);
  });
});
