import type { Solution } from '#domain/solution.ts';
import type { Candidate } from '#ports/solution-search.ts';
import { indexFields } from './index-fields.ts';
import type { SearchModels } from './search-models.ts';
import type { RerankSettings } from './search-settings.ts';
import { createTryModel } from './try-model.ts';

const pauseMs = 10_000;
/** Rerankers read a few hundred tokens; title and lead stand first. */
const longestText = 1_500;
const longestQuestion = 4_000;

/** Lets the reranker reorder the best candidates; without one, and when it fails, they stay as they are. */
export function createRerank({ reranker, redact, logger }: SearchModels, settings: RerankSettings) {
  const attempt = createTryModel({ name: 'reranker', logger, pauseMs });
  return async (question: string, candidates: readonly Candidate[]): Promise<readonly Candidate[]> => {
    const best = candidates.slice(0, settings.candidates);
    if (reranker === null || best.length < 2) return candidates;
    const texts = best.map(({ solution }) => textOf(solution, redact));
    const asked = redact(question).slice(0, longestQuestion);
    const scores = await attempt(() => reranker.score(asked, texts));
    return scores
      ? [...reorder(best, scores, settings.weight), ...candidates.slice(best.length)]
      : candidates;
  };
}

/** Redacted before it is cut, so that no cut leaves half a secret. */
function textOf({ content }: Solution, redact: (text: string) => string): string {
  const { title, body } = indexFields(content);
  return redact(`${title}\n\n${body.slice(0, 2 * longestText)}`).slice(0, longestText);
}

/**
 * The same candidates in the order of logit(similarity) + weight · score, the scores standardised within the list,
 * because every model has a scale of its own. The similarities stay what they were as a set and are handed out anew,
 * the highest to the first: a reranker says which is better and not how sure one may be, so the calibration holds for
 * the list as a whole, and no list looks surer for having been reranked.
 */
export function reorder(
  candidates: readonly Candidate[],
  scores: readonly number[],
  weight: number,
): readonly Candidate[] {
  const standard = standardise(scores);
  const similarities = candidates.map(({ similarity }) => similarity).toSorted((one, other) => other - one);
  return candidates
    .map((candidate, place) => ({
      candidate,
      place,
      worth: logit(candidate.similarity) + weight * (standard[place] ?? 0),
    }))
    .sort((one, other) => other.worth - one.worth || one.place - other.place)
    .map(({ candidate }, place) => ({ ...candidate, similarity: similarities[place] ?? 0 }));
}

/** Far enough from 0 and 1 for a finite logit. */
const edge = 1e-4;

function logit(similarity: number): number {
  const inside = Math.min(1 - edge, Math.max(edge, similarity));
  return Math.log(inside / (1 - inside));
}

/** Mean 0, deviation 1; all 0 when the reranker makes no difference. */
function standardise(scores: readonly number[]): readonly number[] {
  const mean = scores.reduce((sum, score) => sum + score / scores.length, 0);
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2 / scores.length, 0));
  return scores.map((score) =>
    deviation > 0 && Number.isFinite(deviation) ? (score - mean) / deviation : 0,
  );
}
