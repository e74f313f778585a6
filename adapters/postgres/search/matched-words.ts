import type { Concept } from './build-concepts.ts';
import type { TermMatch } from './score-documents.ts';

const mostWords = 6;

/** The responder's own words that found a solution, weightiest first. Names of machines and counts explain nothing. */
export function matchedWords(concepts: readonly Concept[], matches: readonly TermMatch[]): readonly string[] {
  const scores = new Map(matches.map((match) => [match.term, match.score]));
  const words = new Map<string, number>();
  for (const { text, role, terms } of concepts) {
    if (role === 'instance') continue;
    const score = Math.max(0, ...terms.map(({ term }) => scores.get(term) ?? 0));
    if (score > 0) words.set(text, (words.get(text) ?? 0) + score);
  }
  return [...words]
    .sort((one, other) => other[1] - one[1])
    .map(([word]) => word)
    .slice(0, mostWords);
}
