import type { QueryVector } from './find-nearest.ts';
import type { SearchModels } from './search-models.ts';
import { createTryModel } from './try-model.ts';

/** A responder waits for the answer; words alone are better than a late one. */
const patienceMs = 2_000;
const pauseMs = 10_000;
/** What is wrong is said at the beginning. */
const longestQuestion = 4_000;

/** The question, redacted, as a vector; undefined without an embedder, and when it faults or takes too long. */
export function createEmbedQuery({ embedder, redact, logger }: SearchModels) {
  const attempt = createTryModel({ name: 'embedding model', logger, pauseMs });
  return async (text: string): Promise<QueryVector | undefined> => {
    if (embedder === null || text.trim() === '') return undefined;
    const question = redact(text).slice(0, longestQuestion);
    const vectors = await attempt(() => embedder.embed([question], AbortSignal.timeout(patienceMs)));
    const values = vectors?.[0];
    return values && { model: embedder.model, values };
  };
}
