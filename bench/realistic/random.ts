/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 ≤ value < 1. */
  next(): number;
  /** A whole number, both bounds included. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** By Zipf’s law, as words are used: the second entry about half as often as the first. */
  pickFrequent<T>(from: readonly T[]): T;
  /** Around 1, half of the values below, with a long tail: e to a normal deviate of this spread. */
  logNormal(spread: number): number;
}

export function createRandom(seed: number): Random {
  const next = mulberry32(Math.imul(seed + 1, 0x9e3779b1));
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (from) => at(from, between(0, from.length - 1)),
    pickFrequent: (from) => at(from, Math.floor((from.length + 1) ** next()) - 1),
    // Box and Muller's transform; the first deviate of each pair is enough.
    logNormal: (spread) =>
      Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
}

/** Tommy Ettinger's generator, in the public domain. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function at<T>(from: readonly T[], index: number): T {
  const found = from[Math.min(index, from.length - 1)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
