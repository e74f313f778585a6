import type { Span } from '../span.ts';

/**
 * Tells whether a word stands on the same line as an index, at most `reach` characters before or behind it. The text is
 * searched once, when somebody first asks, however often they do.
 */
export function createNearbyWord(text: string, word: RegExp, reach: number): (at: number) => boolean {
  let places: readonly Span[] | undefined;
  const isNear = (place: Span | undefined, at: number): boolean =>
    place !== undefined &&
    place.start >= at - reach &&
    place.end <= at + reach &&
    !text.slice(Math.min(place.start, at), Math.max(place.start, at)).includes('\n');
  return (at) => {
    places ??= Array.from(text.matchAll(word), ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }));
    // Of the words on one side the nearest is near, or none is.
    const next = firstBehind(places, at);
    return isNear(places[next - 1], at) || isNear(places[next], at);
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
