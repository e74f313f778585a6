import { describe, expect, it } from 'vitest';
import type { EngineFigures } from '../../bench/search/measure-engine.ts';
import { barsOf, compare } from '../../bench/search/report.ts';

const figures = (given: Partial<EngineFigures>): EngineFigures => ({
  engine: 'pglite',
  solutions: 10_000,
  queries: 1_000,
  s1: 0.7,
  mrr10: 0.8,
  s1ByKind: {},
  p50Ms: 10,
  p95Ms: 40,
  p95TwoClientsMs: null,
  solutionsPerSecond: 600,
  residentMb: 200,
  diskMb: null,
  ...given,
});

describe('the report of bench:search', () => {
  it('sets the product over each peer with as many solutions', () => {
    const peer = { engine: 'minisearch', p50Ms: 5, p95Ms: 80, residentMb: 400, s1: 0.65 } as const;
    const compared = compare([figures({}), figures(peer), figures({ ...peer, solutions: 1_000 })]);
    expect(compared).toEqual([
      {
        engine: 'pglite',
        solutions: 10_000,
        peer: 'minisearch',
        p50: 2,
        p95: 0.5,
        solutionsPerSecond: 1,
        residentMb: 0.5,
        s1Points: 5,
        mrr10Points: 0,
      },
    ]);
  });

  it('has bars for the embedded database at 10,000 and for the server at 100,000', () => {
    const bars = barsOf([
      figures({ p95Ms: 51 }),
      figures({ solutions: 1_000 }),
      figures({ engine: 'postgres', solutions: 100_000, solutionsPerSecond: 499 }),
      figures({ engine: 'orama', solutions: 100_000 }),
    ]);
    expect(bars.map(({ what, met }) => [what, met])).toEqual([
      ['pglite at 10000, p95 ms', false],
      ['postgres at 100000, p95 ms', true],
      ['postgres at 100000, solutions/s', false],
    ]);
  });
});
