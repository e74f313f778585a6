import type { Span } from '../span.ts';

/** The places of a word, and what is near to them. */
export interface NearbyWord {
  /** Whether the word stands on the same line as an index, within reach before or behind it. */
  readonly isNear: (at: number) => boolean;
  /** Pieces of the text outside of which nothing is near, in order; they may overlap. */
  readonly reached: () => readonly Span[];
}

/**
 * Tells whether a word stands on the same line as an index, at most `reach` characters before or behind it. The text is
 * searched once, when somebody first asks, however often they do.
 */
export function createNearbyWord(
  text: string,
  findWords: () => readonly RegExpExecArray[],
  reach: number,
): NearbyWord {
  let known: readonly Span[] | undefined;
  const places = (): readonly Span[] => {
    known ??= findWords().map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
    return known;
  };
  const isNearTo = (place: Span | undefined, at: number): boolean =>
    place !== undefined &&
    place.start >= at - reach &&
    place.end <= at + reach &&
    !text.slice(Math.min(place.start, at), Math.max(place.start, at)).includes('\n');
  return {
    isNear: (at) => {
      // Of the words on one side the nearest is near, or none is.
      const next = firstBehind(places(), at);
      return isNearTo(places()[next - 1], at) || isNearTo(places()[next], at);
    },
    reached: () =>
      places().map(({ start, end }) => ({ start: Math.max(0, end - reach), end: start + reach + 1 })),
  };
}

/** The index of the first place that begins behind a character; the number of places where none does. */
function firstBehind(places: readonly Span[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
