/**
 * The numbers with the highest scores above 0, best first, ties by number. One pass: what is no better than the
 * `limit` best so far is passed by, the rest is sorted whenever twice as many have gathered.
 */
export function bestNumbers(scores: Float64Array, limit: number): readonly number[] {
  let best: number[] = [];
  let least = 0;
  for (let number = 0; number < scores.length; number += 1) {
    if ((scores[number] ?? 0) <= least) continue;
    best.push(number);
    if (best.length < 2 * limit) continue;
    best = firstOf(best, scores, limit);
    least = scores[best.at(-1) ?? 0] ?? 0;
  }
  return firstOf(best, scores, limit);
}

function firstOf(numbers: readonly number[], scores: Float64Array, limit: number): number[] {
  return numbers
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other)
    .slice(0, limit);
}
