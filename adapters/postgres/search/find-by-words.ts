import type { SolutionId } from '#domain/ids.ts';
import type { MatchReasons, ScorePart } from '#domain/ranking/match-reasons.ts';
import { splitWords } from '#domain/text/split-words.ts';
import type { SearchQuery } from '#ports/solution-search.ts';
import type { Executor } from '../database.ts';
import { formsOf } from './analyse-document.ts';
import { buildConcepts, type Concept } from './build-concepts.ts';
import { explainMatch } from './explain-match.ts';
import { filterCondition } from './filter-condition.ts';
import { readSynonymIndex } from './index-synonyms.ts';
import { type Judged, judgeCandidates, unknownShare } from './judge-candidates.ts';
import { type Question, readQuestion } from './measure-match.ts';
import { type Candidate, readCandidates } from './read-candidates.ts';
import { readLexemes } from './read-lexemes.ts';
import { readStatistics } from './read-statistics.ts';
import type { SynonymRule } from './read-synonym-rules.ts';
import { findUsed } from './read-uses.ts';
import { scoreDocuments } from './score-documents.ts';
import { calibrationFeatures, orderFeatures, type SearchSettings } from './search-settings.ts';

/** A found solution before its content is read. */
export interface Found {
  readonly id: SolutionId;
  /** 0…1, see the port. */
  readonly similarity: number;
  /** Made when asked for: most of what is found is never shown. */
  readonly explain: () => MatchReasons;
  readonly parts: readonly ScorePart[];
}

/** A message is cut here: what is wrong is said before. */
const longestQuery = 4_000;
/** A pasted log has more; every one costs, and the first say what it is about. */
const mostConcepts = 120;

/** What is known of a question and its candidates before anything is weighed. */
export interface LookedUp {
  readonly concepts: readonly Concept[];
  readonly question: Question;
  /** See `unknownShare`. */
  readonly unknown: number;
  readonly candidates: readonly Candidate[];
}

/** What the words of a text find; best first within a kind. */
export async function findByWords(
  executor: Executor,
  asked: Pick<SearchQuery, 'text' | 'filter'>,
  synonyms: readonly SynonymRule[],
  settings: SearchSettings,
): Promise<readonly Found[]> {
  const { concepts, question, unknown, candidates } = await lookUp(executor, asked, synonyms, settings);
  return judgeCandidates(question, unknown, candidates, settings).map((judged) => ({
    id: judged.candidate.id,
    similarity: judged.similarity,
    explain: () => explainMatch(concepts, question, judged.candidate.document),
    parts: partsOf(judged),
  }));
}

/** What the order and the calibration weighed; `order` is the sum that the second begins with. */
function partsOf({ order, calibration }: Judged): readonly ScorePart[] {
  return [
    ...orderFeatures.map((name) => ({ name, value: order[name] })),
    ...calibrationFeatures.map((name) => ({ name, value: calibration[name] })),
  ];
}

export async function lookUp(
  executor: Executor,
  { text, filter }: Pick<SearchQuery, 'text' | 'filter'>,
  synonyms: readonly SynonymRule[],
  settings: SearchSettings,
): Promise<LookedUp> {
  const words = splitWords(text.slice(0, longestQuery));
  const lexemeOf = await readLexemes(executor, words.flatMap(formsOf));
  const index = await readSynonymIndex(executor, synonyms);
  const concepts = buildConcepts(words, lexemeOf, index, settings).slice(0, mostConcepts);
  const terms = concepts.flatMap((concept) => concept.terms.map(({ term }) => term));
  const statistics = await readStatistics(executor, terms);
  const names = new Set(words.flatMap((word) => word.whole ?? []));
  const question = readQuestion(concepts, names, statistics, settings.unknownShare);
  const candidates = await readCandidates(executor, {
    scores: scoreDocuments(concepts, statistics, settings),
    besides: await findUsed(executor, question),
    condition: filterCondition(filter),
    limit: settings.pool,
  });
  return {
    concepts,
    question,
    unknown: unknownShare(concepts, statistics, settings.halfMature),
    candidates,
  };
}
