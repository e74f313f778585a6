import type { EvaluationQuery } from './load-evaluation-set.ts';

/** A query with what the product answered, best first, and how long that took. */
export interface Asked {
  readonly query: EvaluationQuery;
  readonly found: readonly { readonly id: string; readonly similarity: number }[];
  readonly ms: number;
}

/** Figures of one kind of query. `answered` and `precision` are shares at the threshold that the product uses. */
export interface KindFigures {
  readonly n: number;
  readonly s1: number;
  readonly r5: number;
  readonly mrr10: number;
  readonly answered: number;
  readonly precision: number;
}

export function summarise(asked: readonly Asked[], threshold: number): KindFigures {
  const ranks = asked.map(rankOfRight);
  const answered = asked.filter(({ found }) => (found[0]?.similarity ?? 0) >= threshold);
  const right = answered.filter((one) => rankOfRight(one) === 1);
  return {
    n: asked.length,
    s1: share(ranks, (rank) => rank === 1),
    r5: share(ranks, (rank) => rank <= 5),
    mrr10: round(ranks.reduce((sum, rank) => sum + (rank <= 10 ? 1 / rank : 0), 0) / asked.length),
    answered: round(answered.length / asked.length),
    precision: answered.length === 0 ? 0 : round(right.length / answered.length),
  };
}

/** The value below which the given share of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
}

/** 1 for the first place; infinite when nothing right was found. */
function rankOfRight({ query, found }: Asked): number {
  const index = found.findIndex(({ id }) => query.relevant.includes(id));
  return index === -1 ? Number.POSITIVE_INFINITY : index + 1;
}

const share = (ranks: readonly number[], test: (rank: number) => boolean): number =>
  round(ranks.filter(test).length / ranks.length);

const round = (value: number): number => Math.round(value * 1000) / 1000;
