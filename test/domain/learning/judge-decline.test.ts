import { describe, expect, it } from 'vitest';
import { collectEvidence } from '#domain/learning/collect-evidence.ts';
import { believeRate, estimateRate, probabilityBelow } from '#domain/learning/estimate-rate.ts';
import { defaultFoldSettings as settings } from '#domain/learning/fold-settings.ts';
import { judgeDecline } from '#domain/learning/judge-decline.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { day, many, now, run, vote } from '#test/support/signals.ts';

const judge = (after: readonly Signal[], before: readonly Signal[]) =>
  judgeDecline(after, before, now, settings);
const runs = (passed: boolean, count: number) => Array.from({ length: count }, (_, at) => run(passed, at));

describe('judgeDecline', () => {
  it('finds a version that fails where the one before it worked, and says by how much it is sure', () => {
    expect(judge(many(6, 'failed'), many(8, 'worked'))).toMatchObject({ people: 6, incidents: 6 });
    expect(judge(runs(false, 10), runs(true, 10))).toMatchObject({ measured: 10, people: 0 });
  });

  it('finds one that works more often than not, and still less often than before', () => {
    const half = [...many(60, 'worked'), ...many(40, 'failed', 60)];
    expect(judge(half, many(100, 'worked'))?.certainty).toBeGreaterThan(0.95);
  });

  it('says nothing of what is as good, better, or hardly known', () => {
    expect(judge(many(8, 'worked'), many(8, 'worked'))).toBeUndefined();
    expect(judge(many(8, 'worked'), many(8, 'failed'))).toBeUndefined();
    expect(judge(many(2, 'failed'), many(20, 'worked'))).toBeUndefined();
    expect(judge(many(20, 'failed'), many(2, 'worked'))).toBeUndefined();
    expect(judge(many(8, 'failed'), many(8, 'failed'))).toBeUndefined();
  });

  it('is not certain by the word of one person, on either side', () => {
    const spite = Array.from({ length: 100 }, (_, at) => vote('spite', 'failed', at));
    const praise = Array.from({ length: 100 }, (_, at) => vote('praise', 'worked', at));
    expect(judge([...spite, ...many(1, 'failed')], many(8, 'worked'))).toBeUndefined();
    expect(judge(many(8, 'failed'), [...praise, ...many(1, 'failed')])).toBeUndefined();
  });

  it('forgets with the years what the version before did', () => {
    const old = many(8, 'worked').map((one) => ({ ...one, at: one.at - 20 * 365 * day }));
    expect(judge(many(3, 'failed'), old)?.certainty ?? 0).toBeLessThan(
      judge(many(6, 'failed'), many(8, 'worked'))?.certainty ?? 0,
    );
  });
});

describe('the probability that a rate is below another', () => {
  const believe = (signals: readonly Signal[]) =>
    believeRate(collectEvidence(signals, settings), now, settings);

  it('is even odds of the same, and adds up to one both ways', () => {
    const [good, bad] = [believe(many(5, 'worked')), believe(many(5, 'failed'))];
    expect(probabilityBelow(good, good)).toBeCloseTo(0.5, 10);
    expect(probabilityBelow(bad, good) + probabilityBelow(good, bad)).toBeCloseTo(1, 10);
    expect(probabilityBelow(bad, good)).toBeGreaterThan(0.9);
  });

  it('is of the same belief as the rate', () => {
    const evidence = collectEvidence(many(5, 'worked'), settings);
    const belief = believeRate(evidence, now, settings);
    const mean = belief.reduce((sum, weight, at) => sum + (weight * (at + 0.5)) / belief.length, 0);
    expect(mean).toBeCloseTo(estimateRate(evidence, now, settings).mean, 10);
  });
});
