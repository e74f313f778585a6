const buckets = 1024;

/**
 * The numbers with the highest scores above 0, best first, ties by number. Linear in the number of scores: they are
 * counted in buckets, and only what may be among the best is sorted.
 */
export function bestNumbers(scores: Float64Array, limit: number): readonly number[] {
  const highest = highestOf(scores);
  if (highest <= 0) return [];
  const perScore = (buckets - 1) / highest;
  const least = lowestBucket(scores, perScore, limit);
  const found: number[] = [];
  for (let number = 0; number < scores.length; number += 1) {
    const score = scores[number] ?? 0;
    if (score > 0 && Math.floor(score * perScore) >= least) found.push(number);
  }
  return found.sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other).slice(0, limit);
}

function highestOf(scores: Float64Array): number {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  return highest;
}

/** The bucket from which on there are at least `limit` scores. */
function lowestBucket(scores: Float64Array, perScore: number, limit: number): number {
  const counts = new Uint32Array(buckets);
  for (const score of scores) {
    if (score <= 0) continue;
    const bucket = Math.floor(score * perScore);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let bucket = buckets - 1;
  for (let seen = counts[bucket] ?? 0; seen < limit && bucket > 0; seen += counts[bucket] ?? 0) bucket -= 1;
  return bucket;
}
