import { type Marks, marksOfSentence } from './message-marks.ts';
import { sentencesOf } from './sentences-of.ts';
import { addUp, type Layers, type Weights } from './weights.ts';

/**
 * The message for which most speaks, by its index; null where more speaks for none of them, or there is none.
 * `none` are the marks for that; without them one is always chosen.
 */
export function chooseMessage(
  marks: readonly Layers[],
  mayBe: (at: number) => boolean,
  weights: Weights,
  none: Marks | null,
): number | null {
  let top: { readonly at: number | null; readonly sum: number } = {
    at: null,
    sum: none ? addUp([none], weights) : Number.NEGATIVE_INFINITY,
  };
  for (const [at, one] of marks.entries()) {
    const sum = mayBe(at) ? addUp(one, weights) : Number.NEGATIVE_INFINITY;
    if (sum > top.sum) top = { at, sum };
  }
  return top.at;
}

/** The sentence of a text for which most speaks; null where it has none. */
export function chooseSentence(prose: string, weights: Weights): string | null {
  const weighed = sentencesOf(prose).map((text) => ({ text, sum: addUp([marksOfSentence(text)], weights) }));
  const best = weighed.reduce<(typeof weighed)[number] | null>(
    (top, next) => (top && top.sum >= next.sum ? top : next),
    null,
  );
  return best?.text ?? null;
}
