import { noReasons } from '#domain/ranking/match-reasons.ts';
import type { Found } from './find-by-words.ts';
import type { Nearest } from './find-nearest.ts';
import type { DenseSettings } from './search-settings.ts';

/**
 * One list, best first. Words and meaning are two witnesses: each leaves some doubt, and both together leave the
 * product of their doubts. Meaning alone is trusted only so far, because its cosine is not calibrated here.
 */
export function fuse(
  byWords: readonly Found[],
  nearest: readonly Nearest[],
  dense: DenseSettings,
): readonly Found[] {
  const meaning = new Map(nearest.map(({ id, cosine }) => [id, denseSimilarity(cosine, dense)]));
  const known = new Set(byWords.map(({ id }) => id));
  const onlyNear = nearest
    .filter(({ id }) => !known.has(id))
    .map(({ id }): Found => ({ id, similarity: 0, explain: () => noReasons, parts: [] }));
  return [...byWords, ...onlyNear]
    .map((found) => withMeaning(found, meaning.get(found.id)))
    .sort((one, other) => other.similarity - one.similarity || (one.id < other.id ? -1 : 1));
}

function withMeaning(found: Found, meaning: number | undefined): Found {
  if (meaning === undefined) return found;
  return {
    ...found,
    similarity: 1 - (1 - found.similarity) * (1 - meaning),
    explain: () => ({ ...found.explain(), meaning }),
    parts: [...found.parts, { name: 'meaning', value: meaning }],
  };
}

function denseSimilarity(cosine: number, { middle, steepness, trust }: DenseSettings): number {
  return trust / (1 + Math.exp(-steepness * (cosine - middle)));
}
