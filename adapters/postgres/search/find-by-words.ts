import type { SolutionId } from '#domain/ids.ts';
import { splitWords, type Word } from '#domain/text/split-words.ts';
import type { Executor } from '../database.ts';
import { buildConcepts, type Concept } from './build-concepts.ts';
import { estimateSimilarity } from './estimate-similarity.ts';
import type { SynonymGroup } from './load-synonyms.ts';
import { matchedWords } from './matched-words.ts';
import { type Features, measureFeatures } from './measure-features.ts';
import { readLexemes } from './read-lexemes.ts';
import { readStatistics, type Statistics } from './read-statistics.ts';
import { type Scored, scoreDocuments } from './score-documents.ts';
import type { SearchSettings } from './search-settings.ts';

/** A found solution before its content is read. */
export interface Found {
  readonly id: SolutionId;
  /** 0…1, see the port. */
  readonly similarity: number;
  readonly matchedWords: readonly string[];
}

/** A candidate with what the calibration saw of it. */
export interface Measured {
  readonly scored: Scored;
  readonly features: Features;
  readonly concepts: readonly Concept[];
}

/** A message is cut here: what is wrong is said before. */
const longestQuery = 4_000;

/** What the words of a text find; unordered, because only the calibrated similarity orders. */
export async function findByWords(
  executor: Executor,
  text: string,
  synonyms: readonly SynonymGroup[],
  settings: SearchSettings,
): Promise<readonly Found[]> {
  const measured = await measureCandidates(executor, text, synonyms, settings);
  return measured.map(({ scored, features, concepts }) => ({
    id: scored.id,
    similarity: estimateSimilarity(features, settings.calibration),
    matchedWords: matchedWords(concepts, scored.matches),
  }));
}

export async function measureCandidates(
  executor: Executor,
  text: string,
  synonyms: readonly SynonymGroup[],
  settings: SearchSettings,
): Promise<readonly Measured[]> {
  const words = splitWords(text.slice(0, longestQuery));
  const lexemeOf = await readLexemes(executor, [...words.flatMap(termsOf), ...synonyms.flat(2)]);
  const concepts = buildConcepts(words, lexemeOf, synonyms, settings);
  if (concepts.length === 0) return [];
  const terms = concepts.flatMap((concept) => concept.terms.map(({ term }) => term));
  const statistics = await readStatistics(executor, terms);
  const scored = await scoreDocuments(executor, termWeights(concepts, statistics), statistics, settings);
  const wholes = new Set(words.flatMap((word) => word.whole ?? []));
  const features = measureFeatures({ concepts, wholes, statistics, settings }, scored);
  return features.flatMap((measured, index) => {
    const candidate = scored[index];
    return candidate ? [{ scored: candidate, features: measured, concepts }] : [];
  });
}

const termsOf = (word: Word): readonly string[] =>
  word.whole === null ? word.parts : [...word.parts, word.whole];

/** A stem that several concepts ask for counts as the one that wants it most. */
function termWeights(concepts: readonly Concept[], statistics: Statistics): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { term, weight } of concepts.flatMap((concept) => concept.terms)) {
    if (!statistics.isKnown(term)) continue;
    weights.set(term, Math.max(weights.get(term) ?? 0, weight * statistics.idf(term)));
  }
  return weights;
}
