import { type MatchReasons, noReasons } from '#domain/ranking/match-reasons.ts';
import type { Concept } from './build-concepts.ts';
import { longestRead, type Question } from './measure-match.ts';
import type { CandidateDocument } from './read-candidates.ts';
import type { Use } from './read-uses.ts';

const mostWords = 6;
const mostSynonyms = 3;
const mostPhrases = 3;
/** An unsplit identifier may stand between two words. */
const phraseReach = 2;

/**
 * What of a question a solution has, as the responder wrote it. Names of machines and counts explain nothing. Of a
 * synonym the whole name must be there, or it would be said to be called what it is not.
 */
export function explainMatch(
  concepts: readonly Concept[],
  { names, coverage }: Pick<Question, 'names' | 'coverage'>,
  { stems, alertNames, uses }: CandidateDocument,
): MatchReasons {
  const had = new Set(stems);
  const words = concepts.filter(({ role }) => role === 'word');
  const own = concepts.filter(
    ({ role, terms: [first] }) => role !== 'instance' && first !== undefined && had.has(first.term),
  );
  const alert = alertNames.find((name) => names.has(name));
  return {
    ...noReasons,
    words: firstFew(
      own.map(({ text }) => text),
      mostWords,
    ),
    synonyms: words.flatMap((concept) => foundOtherwise(concept, had)).slice(0, mostSynonyms),
    phrases: firstFew(findPhrases(words, stems.slice(0, longestRead)), mostPhrases),
    learnt: firstFew(learntWords(words, had, uses, coverage), mostWords),
    alert: alert === undefined ? null : asWritten(alert, concepts),
  };
}

/** Words of the likest incident that it was used for, and that the page itself has not. */
function learntWords(
  words: readonly Concept[],
  had: ReadonlySet<string>,
  uses: readonly Use[],
  coverage: Question['coverage'],
): readonly string[] {
  const [likest] = uses.toSorted((one, other) => coverage(other.stems) - coverage(one.stems));
  return words.flatMap(({ text, terms: [own] }) =>
    own && likest?.stems.has(own.term) && !had.has(own.term) ? [text] : [],
  );
}

function foundOtherwise({ text, terms }: Concept, had: ReadonlySet<string>): MatchReasons['synonyms'] {
  const [own, ...rest] = terms;
  if (!own || had.has(own.term)) return [];
  const other = rest.find((term) => term.other?.stems.every((stem) => had.has(stem)))?.other;
  // Of a phrase all of it is said; a single word is shown as it was written.
  return other ? [{ said: other.said.includes(' ') ? other.said : text, found: other.name }] : [];
}

/** Neighbours of the question that are neighbours in the page, in the same order. */
function findPhrases(words: readonly Concept[], stems: readonly string[]): readonly string[] {
  const together = pairsOf(new Set(words.flatMap(({ terms: [own] }) => own?.term ?? [])), stems);
  return words.flatMap((word, index) => {
    const next = words[index + 1];
    if (!next || next.text === word.text) return [];
    return together.has(`${word.terms[0]?.term} ${next.terms[0]?.term}`) ? [`${word.text} ${next.text}`] : [];
  });
}

function pairsOf(asked: ReadonlySet<string>, stems: readonly string[]): ReadonlySet<string> {
  const pairs = stems.flatMap((stem, at) =>
    asked.has(stem) ? stems.slice(at + 1, at + 1 + phraseReach).map((next) => `${stem} ${next}`) : [],
  );
  return new Set(pairs);
}

function asWritten(alert: string, concepts: readonly Concept[]): string {
  return concepts.find(({ text }) => text.toLowerCase() === alert)?.text ?? alert;
}

const firstFew = (texts: readonly string[], most: number): readonly string[] =>
  [...new Set(texts)].slice(0, most);
