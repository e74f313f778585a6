import type { Marks } from '#domain/capture/message-marks.ts';
import { addRow, drawBack, rowsOf, sumOf } from './mark-columns.ts';
import { minimise } from './minimise.ts';

/** One example: what it has, by name, and whether it is what is looked for. */
export interface SparseExample {
  readonly marks: Marks;
  readonly right: boolean;
}

export interface FittedWeights {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

export interface FitSettings {
  /** How strongly the weight of a mark is drawn to nothing. */
  readonly ridge: (mark: string) => number;
  /** Marks that fewer examples have are left out. */
  readonly fewest: number;
  /** Weights nearer to nothing than this are left out at the end. */
  readonly least: number;
}

/** Logistic regression with a ridge. */
export function fitSparseLogistic(
  examples: readonly SparseExample[],
  { ridge, fewest, least }: FitSettings,
): FittedWeights {
  const { names, rows } = rowsOf(
    examples.map(({ marks }) => marks),
    fewest,
  );
  const bias = names.length;
  const ridges = names.map(ridge);
  const found = minimise(bias + 1, (weights, gradient) => {
    gradient.fill(0);
    let loss = drawBack(weights, ridges, gradient);
    for (const [at, row] of rows.entries()) {
      const sum = sumOf(row, weights) + (weights[bias] ?? 0);
      const chance = 1 / (1 + Math.exp(-sum));
      const right = Number(examples[at]?.right);
      loss += Math.log1p(Math.exp(-Math.abs(sum))) + Math.max(sum, 0) - right * sum;
      addRow(row, chance - right, gradient);
      gradient[bias] = (gradient[bias] ?? 0) + chance - right;
    }
    return loss;
  });
  return { bias: found[bias] ?? 0, weights: keptOf(names, found, least) };
}

export const keptOf = (names: readonly string[], weights: Float64Array, least: number) =>
  new Map(
    names.flatMap((name, at) => (Math.abs(weights[at] ?? 0) >= least ? [[name, weights[at] ?? 0]] : [])),
  );
