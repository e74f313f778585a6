import { type Marks, marksOfSentence } from './message-marks.ts';
import { sentencesOf } from './sentences-of.ts';
import type { MarkedMessage } from './thread-marks.ts';
import { type Weights, weigh } from './weights.ts';

/** A message that was chosen out of a thread, by its index, and how surely it is the right one. */
export interface Chosen {
  readonly at: number;
  readonly chance: number;
}

/** The message for which most speaks; null where nobody wrote any that may be. */
export function chooseMessage(
  thread: readonly MarkedMessage[],
  marks: readonly Marks[],
  weights: Weights,
  mayBe: (message: MarkedMessage) => boolean,
): Chosen | null {
  const weighed = thread.flatMap((one, at) =>
    mayBe(one) ? [{ at, chance: weigh(marks[at] ?? one.own, weights) }] : [],
  );
  return weighed.reduce<Chosen | null>((top, next) => (top && top.chance >= next.chance ? top : next), null);
}

/** The sentence of a text for which most speaks; null where it has none. */
export function chooseSentence(prose: string, weights: Weights): string | null {
  const weighed = sentencesOf(prose).map((text) => ({ text, chance: weigh(marksOfSentence(text), weights) }));
  const best = weighed.reduce<(typeof weighed)[number] | null>(
    (top, next) => (top && top.chance >= next.chance ? top : next),
    null,
  );
  return best?.text ?? null;
}
