import { Fault } from '#domain/fault.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { QueryVector } from './find-nearest.ts';

/** A responder waits for the answer; words alone are better than a late one. */
const patienceMs = 2_000;

/** The question as a vector; undefined without an embedder, and when it faults or takes too long. */
export async function embedQuery(embedder: Embedder | null, text: string): Promise<QueryVector | undefined> {
  if (embedder === null || text.trim() === '') return undefined;
  try {
    const [values] = await embedder.embed([text], AbortSignal.timeout(patienceMs));
    return values && { model: embedder.model, values };
  } catch (error) {
    if (error instanceof Fault || (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))) {
      return undefined;
    }
    throw error;
  }
}
