import { describe, expect, it } from 'vitest';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { judgeDeprecation } from '#domain/learning/judge-deprecation.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { day, many, now, run, vote } from '#test/support/signals.ts';

const judge = (signals: readonly Signal[], changes: Partial<typeof defaultFoldSettings.deprecation> = {}) =>
  judgeDeprecation(signals, now, {
    ...defaultFoldSettings,
    deprecation: { ...defaultFoldSettings.deprecation, ...changes },
  });

describe('judgeDeprecation', () => {
  it('deprecates what enough people in enough incidents say failed', () => {
    expect(judge(many(6, 'failed'))).toMatchObject({ incidents: 6, people: 6, measured: 0 });
    expect(judge(many(6, 'worked'))).toBeUndefined();
    expect(judge(many(2, 'failed'))).toBeUndefined();
  });

  it('deprecates by runs alone, once there are enough of them', () => {
    const runs = Array.from({ length: 12 }, (_, at) => run(false, at));
    expect(judge(runs)).toMatchObject({ people: 0, measured: 12 });
    expect(judge(runs, { leastMeasured: 13 })).toBeUndefined();
  });

  it('does not take one incident for a pattern, however many say so of it', () => {
    const incident = 'the same';
    expect(judge(many(9, 'failed').map((one) => ({ ...one, incident })))).toBeUndefined();
  });

  it('lets no single person bury a solution, however often they vote', () => {
    const spite = Array.from({ length: 200 }, (_, at) => vote('spite', 'failed', at));
    expect(judge(spite)).toBeUndefined();
    expect(judge([...spite, ...many(2, 'failed')])).toBeUndefined();
    // What would be certain only with the one voter's word is not certain.
    const edge = Array.from({ length: 12 }, (_, count) => many(count, 'failed')).find((some) => judge(some));
    expect(edge?.length).toBeGreaterThan(3);
    expect(judge([...(edge ?? []).slice(2), ...spite])).toBeUndefined();
  });

  it('keeps what works more often than not', () => {
    expect(judge([...many(7, 'failed'), ...many(9, 'worked', 7)])).toBeUndefined();
  });

  it('is as certain as it is told to be, and no surer by what is old', () => {
    const signals = many(5, 'failed');
    const { certainty } = judge(signals, { certainty: 0.8 }) ?? { certainty: 0 };
    expect(certainty).toBeGreaterThan(0.95);
    expect(judge(signals, { certainty: certainty + 1e-6 })).toBeUndefined();
    const old = signals.map((one) => ({ ...one, at: one.at - 700 * day }));
    expect(judge(old, { certainty: 0.5 })?.certainty).toBeLessThan(0.8);
  });
});
