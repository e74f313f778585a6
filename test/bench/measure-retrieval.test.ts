import { describe, expect, it } from 'vitest';
import { type Asked, summarise, summariseKinds } from '../../bench/measure-retrieval.ts';
import { calibrate, forEachKind, riskCoverage } from '../../bench/measure-trust.ts';

/** A query of this kind with what was found: ids with their similarity, best first. */
const asked = (
  relevant: readonly string[],
  found: Readonly<Record<string, number>>,
  kind = 'alert-summary',
): Asked => ({
  query: { relevant, kind },
  ms: 1,
  found: Object.entries(found).map(([id, similarity]) => ({ id, similarity })),
});

describe('summarise', () => {
  it('counts first places, places in reach and reciprocal ranks', () => {
    const figures = summarise(
      [asked(['a'], { a: 0.9 }), asked(['b'], { x: 0.8, b: 0.4 }), asked(['c'], { x: 0.2 })],
      0.5,
    );
    expect(figures).toMatchObject({
      n: 3,
      s1: 0.333,
      r5: 0.667,
      mrr10: 0.5,
      answered: 0.667,
      precision: 0.5,
    });
  });

  it('measures nDCG against as many right places as there are', () => {
    expect(summarise([asked(['a', 'b'], { a: 0.9, b: 0.8 })], 0.5).ndcg10).toBe(1);
    // (1 + 1/log2(4)) / (1 + 1/log2(3)), the textbook value
    expect(summarise([asked(['a', 'b'], { a: 0.9, x: 0.8, b: 0.7 })], 0.5).ndcg10).toBe(0.92);
    expect(summarise([asked(['a'], { x: 0.9, a: 0.8 })], 0.5).ndcg10).toBe(0.631);
  });

  it('caps the ideal at ten places', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `d${index}`);
    const found = Object.fromEntries(ids.slice(0, 10).map((id) => [id, 0.9]));
    expect(summarise([asked(ids, found)], 0.5).ndcg10).toBe(1);
  });

  it('calls an answered negative wrong and gives it no rank', () => {
    const figures = summarise([asked([], { a: 0.9 }), asked([], { a: 0.1 }), asked([], {})], 0.5);
    expect(figures).toMatchObject({ s1: 0, mrr10: 0, ndcg10: 0, answered: 0.333, precision: 0 });
  });

  it('has one entry a kind', () => {
    const kinds = summariseKinds([asked(['a'], { a: 1 }), asked([], {}, 'negative')], 0.5);
    expect(Object.keys(kinds)).toEqual(['alert-summary', 'negative']);
    expect(kinds.negative?.n).toBe(1);
  });
});

describe('calibrate', () => {
  it('sets mean similarity beside the share that is right, in tenths', () => {
    const wrongHalf = Array.from({ length: 10 }, (_, index) => asked(['a'], { x: 0.5 + index / 100 }));
    const rightHalf = Array.from({ length: 10 }, (_, index) => asked(['a'], { a: 0.8 + index / 100 }));
    const deciles = calibrate([...rightHalf, ...wrongHalf], 0.5);
    expect(deciles).toHaveLength(10);
    expect(deciles[0]).toEqual({ from: 0.5, to: 0.51, n: 2, meanSimilarity: 0.505, right: 0 });
    expect(deciles[9]).toEqual({ from: 0.88, to: 0.89, n: 2, meanSimilarity: 0.885, right: 1 });
  });

  it('leaves out what was not answered, and counts answered negatives as wrong', () => {
    const deciles = calibrate([asked(['a'], { a: 0.4 }), asked([], { a: 0.6 }), asked(['a'], {})], 0.5);
    expect(deciles).toEqual([{ from: 0.6, to: 0.6, n: 1, meanSimilarity: 0.6, right: 0 }]);
  });
});

describe('riskCoverage', () => {
  it('answers the surest first and leaves negatives out', () => {
    const sure = Array.from({ length: 5 }, (_, index) => asked(['a'], { a: 0.9 + index / 100 }));
    const unsure = Array.from({ length: 5 }, (_, index) => asked(['a'], { x: 0.3 + index / 100 }));
    const points = riskCoverage([...unsure, ...sure, asked([], { a: 0.99 })]);
    expect(points.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(points[4]).toEqual({ coverage: 0.5, n: 5, similarity: 0.9, right: 1 });
    expect(points[9]).toEqual({ coverage: 1, n: 10, similarity: 0.3, right: 0.5 });
  });

  it('is empty without a query that has an answer', () => {
    expect(riskCoverage([asked([], { a: 0.9 })])).toEqual([]);
  });
});

it('measures all queries together and every kind alone', () => {
  const sizes = forEachKind([asked(['a'], {}), asked([], {}, 'negative')], (group) => group.length);
  expect(sizes).toEqual({ all: 2, 'alert-summary': 1, negative: 1 });
});
