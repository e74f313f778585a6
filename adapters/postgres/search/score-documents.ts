import type { Concept } from './build-concepts.ts';
import { numberOf, type PostingList, shareOf } from './packed-postings.ts';
import type { Statistics } from './read-statistics.ts';
import type { SearchSettings } from './search-settings.ts';

interface WeighedList {
  readonly list: PostingList;
  readonly weight: number;
}

/**
 * The lexical score of every document, by its number: BM25 over concepts. Of the names of one concept the best counts
 * in full and the others a little, so that a word with many synonyms weighs no more than one without.
 */
export function scoreDocuments(
  concepts: readonly Concept[],
  statistics: Statistics,
  { otherNameShare }: Pick<SearchSettings, 'otherNameShare'>,
): Float64Array {
  const scores = new Float64Array(statistics.numbers);
  const best = new Float64Array(statistics.numbers);
  for (const { terms } of withoutRepeats(concepts)) {
    const lists = terms.flatMap(({ term, weight }): readonly WeighedList[] => {
      const list = statistics.postings.get(term);
      return list ? [{ list, weight: weight * statistics.idf(term) }] : [];
    });
    const [only, ...others] = lists;
    if (only && others.length === 0) addList(scores, only);
    else addNames(scores, best, lists, otherNameShare);
  }
  return scores;
}

/** These loops see every posting of a question, a million in a large workspace: no calls, no allocation. */
function addList(scores: Float64Array, { list, weight }: WeighedList): void {
  for (const posting of list) {
    const number = numberOf(posting);
    scores[number] = (scores[number] ?? 0) + weight * shareOf(posting);
  }
}

/** `best` is all zeros before and after. */
function addNames(
  scores: Float64Array,
  best: Float64Array,
  lists: readonly WeighedList[],
  otherNameShare: number,
): void {
  for (const { list, weight } of lists) {
    for (const posting of list) {
      const number = numberOf(posting);
      const strength = weight * shareOf(posting);
      const before = best[number] ?? 0;
      const gain = strength > before ? strength - before : 0;
      scores[number] = (scores[number] ?? 0) + gain + otherNameShare * (strength - gain);
      best[number] = before + gain;
    }
  }
  for (const { list } of lists) forget(best, list);
}

function forget(best: Float64Array, list: PostingList): void {
  for (const posting of list) best[numberOf(posting)] = 0;
}

/** A stem that several concepts ask for counts with the one that wants it most. */
function withoutRepeats(concepts: readonly Concept[]): readonly Pick<Concept, 'terms'>[] {
  const highest = new Map<string, number>();
  for (const { term, weight } of concepts.flatMap(({ terms }) => terms))
    highest.set(term, Math.max(highest.get(term) ?? 0, weight));
  const taken = new Set<string>();
  return concepts.map(({ terms }) => ({
    terms: terms.filter(({ term, weight }) => {
      if (taken.has(term) || weight < (highest.get(term) ?? 0)) return false;
      taken.add(term);
      return true;
    }),
  }));
}
