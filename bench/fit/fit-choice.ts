import type { Marks } from '#domain/capture/message-marks.ts';
import { type FitSettings, type FittedWeights, keptOf } from './fit-sparse-logistic.ts';
import { addRow, drawBack, rowsOf, sumOf } from './mark-columns.ts';
import { minimise } from './minimise.ts';

/** What one was to be chosen out of; at least one of them is right. */
type Choice = readonly { readonly marks: Marks; readonly right: boolean }[];

/** Weights by which the right ones of each choice have most of its chance (conditional logit with a ridge). */
export function fitChoice(choices: readonly Choice[], { ridge, fewest, least }: FitSettings): FittedWeights {
  const { names, rows } = rowsOf(
    choices.flat().map(({ marks }) => marks),
    fewest,
  );
  const ridges = names.map(ridge);
  let next = 0;
  const spans = choices.map((choice) => {
    const first = next;
    next += choice.length;
    return { first, right: choice.map(({ right }) => right) };
  });
  const found = minimise(names.length, (weights, gradient) => {
    gradient.fill(0);
    let loss = drawBack(weights, ridges, gradient);
    for (const { first, right } of spans) {
      const sums = right.map((_, at) => sumOf(rows[first + at] as (typeof rows)[number], weights));
      const top = Math.max(...sums);
      const shares = sums.map((sum) => Math.exp(sum - top));
      const all = shares.reduce((sum, one) => sum + one, 0);
      const good = shares.reduce((sum, one, at) => sum + (right[at] ? one : 0), 0);
      loss -= Math.log(good / all);
      for (const [at, share] of shares.entries())
        addRow(
          rows[first + at] as (typeof rows)[number],
          share / all - (right[at] ? share / good : 0),
          gradient,
        );
    }
    return loss;
  });
  return { bias: 0, weights: keptOf(names, found, least) };
}
