import type { EvaluationQuery } from './load-evaluation-set.ts';

/** A query with what the product answered, best first, and how long that took. */
export interface Asked {
  readonly query: Pick<EvaluationQuery, 'relevant' | 'kind'>;
  readonly found: readonly { readonly id: string; readonly similarity: number }[];
  readonly ms: number;
  /** The chat takes it for small talk and says nothing, whatever the search found. */
  readonly smallTalk?: boolean;
}

/**
 * Figures of one kind of query, all but `n` between 0 and 1. `answered` and `precision` are shares at the threshold
 * that the product uses; of negatives, what is answered is wrong.
 */
export interface KindFigures {
  readonly n: number;
  readonly s1: number;
  readonly r5: number;
  readonly mrr10: number;
  readonly ndcg10: number;
  readonly answered: number;
  readonly precision: number;
}

export function summarise(asked: readonly Asked[], threshold: number): KindFigures {
  const ranks = asked.map(rankOfRight);
  const answered = answeredOf(asked, threshold);
  return {
    n: asked.length,
    s1: shareOf(ranks, (rank) => rank === 1),
    r5: shareOf(ranks, (rank) => rank <= 5),
    mrr10: mean(ranks.map((rank) => (rank <= 10 ? 1 / rank : 0))),
    ndcg10: mean(asked.map(ndcg10)),
    answered: asked.length === 0 ? 0 : round(answered.length / asked.length),
    precision: shareOf(answered, isRight),
  };
}

/** The figures of every kind there is, in the order in which the kinds first come. */
export function summariseKinds(
  asked: readonly Asked[],
  threshold: number,
): Readonly<Record<string, KindFigures>> {
  return Object.fromEntries(
    [...Map.groupBy(asked, ({ query }) => query.kind)].map(([kind, group]) => [
      kind,
      summarise(group, threshold),
    ]),
  );
}

/** The value below which the given share of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
}

export const isNegative = ({ query }: Asked): boolean => query.relevant.length === 0;

/** 0 when nothing was found. */
export const topSimilarity = ({ found }: Asked): number => found[0]?.similarity ?? 0;

/** Whether what came first answers the query. */
export const isRight = (one: Asked): boolean => rankOfRight(one) === 1;

/** Queries that the chat would answer: no small talk, and the first result is similar enough to be shown. */
export const answeredOf = (asked: readonly Asked[], threshold: number): readonly Asked[] =>
  asked.filter((one) => !one.smallTalk && one.found.length > 0 && topSimilarity(one) >= threshold);

/** 0 of nothing. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : round(values.reduce((sum, value) => sum + value, 0) / values.length);

export const shareOf = <T>(values: readonly T[], test: (value: T) => boolean): number =>
  mean(values.map((value) => (test(value) ? 1 : 0)));

/** 1 for the first place; infinite when nothing right was found. */
function rankOfRight({ query, found }: Asked): number {
  const index = found.findIndex(({ id }) => query.relevant.includes(id));
  return index === -1 ? Number.POSITIVE_INFINITY : index + 1;
}

const depth = 10;

/** Binary gains, a document counted once; the ideal has as many right ones in front as there are, at most ten. */
function ndcg10({ query, found }: Asked): number {
  const right = new Set(query.relevant);
  const gains = found.slice(0, depth).map(({ id }) => (right.delete(id) ? 1 : 0));
  const ideal = Array.from({ length: Math.min(query.relevant.length, depth) }, () => 1);
  return ideal.length === 0 ? 0 : discounted(gains) / discounted(ideal);
}

const discounted = (gains: readonly number[]): number =>
  gains.reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);

const round = (value: number): number => Math.round(value * 1000) / 1000;
