import OpenAI, { APIConnectionError, APIError } from 'openai';
import { Fault } from '#domain/fault.ts';
import type { Embedder } from '#ports/embedder.ts';

export interface OpenaiEmbedderOptions {
  readonly model: string;
  readonly apiKey: string | null;
  /** Of any OpenAI-compatible endpoint; null means OpenAI's own. */
  readonly baseUrl: string | null;
}

/** Texts a request: every known endpoint takes this many. */
const batch = 64;

/**
 * Embeddings by an OpenAI-compatible endpoint; the SDK retries what may pass. Asks once at the start how many
 * dimensions the model gives, so that a wrong key or model is told then and not in the first incident.
 */
export async function createOpenaiEmbedder({
  model,
  apiKey,
  baseUrl,
}: OpenaiEmbedderOptions): Promise<Embedder> {
  // Local endpoints want no key, and the SDK refuses to start without one.
  const client = new OpenAI({ apiKey: apiKey ?? 'unused', ...(baseUrl !== null && { baseURL: baseUrl }) });
  const embed = async (
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]> => {
    const vectors: (readonly number[])[] = [];
    for (let start = 0; start < texts.length; start += batch) {
      vectors.push(...(await embedBatch(client, model, texts.slice(start, start + batch), signal)));
    }
    return vectors;
  };
  const [probe = []] = await embed(['dimensions'], AbortSignal.timeout(20_000));
  return { model, dimensions: probe.length, embed };
}

async function embedBatch(client: OpenAI, model: string, input: string[], signal: AbortSignal) {
  try {
    const answer = await client.embeddings.create({ model, input, encoding_format: 'float' }, { signal });
    return answer.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => unitLength(embedding));
  } catch (error) {
    throw toFault(error, model);
  }
}

function unitLength(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function toFault(error: unknown, model: string): Fault {
  const passing =
    !(error instanceof APIError) || error instanceof APIConnectionError || (error.status ?? 0) >= 500;
  const advice =
    'Check OPENAI_API_KEY, OPENAI_BASE_URL and EMBEDDING_MODEL. Without a model Recourse searches by words.';
  const message = `The embedding model ${model} does not answer: ${error instanceof Error ? error.message : String(error)}`;
  return new Fault(passing ? 'unavailable' : 'rejected', 'embedding', message, advice, error);
}
