import {
  type Asked,
  answeredOf,
  isNegative,
  isRight,
  mean,
  shareOf,
  topSimilarity,
} from './measure-retrieval.ts';

/** One tenth of the answered queries by the similarity of their first result. */
export interface Decile {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanSimilarity: number;
  /** Share whose first result is right: near `meanSimilarity` when similarity is what it says it is. */
  readonly right: number;
}

/** What would be right if only the surest part of the queries were answered. */
export interface RiskPoint {
  /** Share of the queries that are answered. */
  readonly coverage: number;
  readonly n: number;
  /** Similarity of the least sure one among them. */
  readonly similarity: number;
  readonly right: number;
}

const parts = 10;

/** Least similar first, tenths of equal size; negatives count, and are wrong. Fewer than ten answers leave gaps out. */
export function calibrate(asked: readonly Asked[], threshold: number): readonly Decile[] {
  const sorted = answeredOf(asked, threshold).toSorted(bySimilarity);
  return Array.from({ length: parts }, (_, part) =>
    sorted.slice(cut(sorted.length, part), cut(sorted.length, part + 1)),
  )
    .filter((group) => group.length > 0)
    .map((group) => {
      const similarities = group.map(topSimilarity);
      return {
        from: mean(similarities.slice(0, 1)),
        to: mean(similarities.slice(-1)),
        n: group.length,
        meanSimilarity: mean(similarities),
        right: shareOf(group, isRight),
      };
    });
}

/** For coverages of 10 % to 100 % of the queries that have an answer, surest first. */
export function riskCoverage(asked: readonly Asked[]): readonly RiskPoint[] {
  const surest = asked.filter((one) => !isNegative(one)).toSorted((one, other) => bySimilarity(other, one));
  if (surest.length === 0) return [];
  return Array.from({ length: parts }, (_, part) => {
    const covered = surest.slice(0, Math.ceil((surest.length * (part + 1)) / parts));
    return {
      coverage: (part + 1) / parts,
      n: covered.length,
      similarity: mean(covered.slice(-1).map(topSimilarity)),
      right: shareOf(covered, isRight),
    };
  });
}

/** `all` and every kind, each measured alone. */
export function forEachKind<T>(
  asked: readonly Asked[],
  measure: (asked: readonly Asked[]) => T,
): Readonly<Record<string, T>> {
  const kinds = [...Map.groupBy(asked, ({ query }) => query.kind)];
  return Object.fromEntries([
    ['all', measure(asked)],
    ...kinds.map(([kind, group]) => [kind, measure(group)]),
  ]);
}

const bySimilarity = (one: Asked, other: Asked): number => topSimilarity(one) - topSimilarity(other);

const cut = (length: number, part: number): number => Math.floor((length * part) / parts);
