import OpenAI from 'openai';
import { Fault } from '#domain/fault.ts';
import type { Embedder } from '#ports/embedder.ts';
import { embeddingFault, tooMuch, unknownModel } from './embedding-fault.ts';
import { readVectors } from './read-vectors.ts';
import { type BatchLimits, splitBatches } from './split-batches.ts';

export interface OpenaiEmbedderOptions {
  readonly model: string;
  readonly apiKey: string | null;
  /** Of any OpenAI-compatible endpoint; null means OpenAI's own. */
  readonly baseUrl: string | null;
  /** How long one request may take before it is tried again. */
  readonly timeoutMs?: number;
}

type Vectors = readonly (readonly number[])[];
type Ask = (texts: readonly string[], signal: AbortSignal) => Promise<Vectors>;

/** What a request may carry: every known endpoint takes as many texts, and more tokens than these characters are. */
const limits: BatchLimits = { texts: 64, characters: 100_000 };
const retries = 3;
/** A text that is refused even at this length is not refused for its length. */
const shortestText = 250;

/**
 * Embeddings by an OpenAI-compatible endpoint. The SDK tries again what may pass (429 and 5xx) and waits as long as
 * `Retry-After` says; the signal ends that too. A text that is too long for the model is embedded by its beginning.
 */
export function createOpenaiEmbedder(options: OpenaiEmbedderOptions): Embedder {
  const { model } = options;
  const client = openClient(options);
  let known: number | undefined;
  const ask = async (
    texts: readonly string[],
    signal: AbortSignal,
    maxRetries = retries,
  ): Promise<Vectors> => {
    const vectors = await request(client, model, texts, { signal, maxRetries });
    const found = vectors[0]?.length;
    if (known !== undefined && found !== known) {
      const before = known;
      // Somebody changed the model behind the name: whoever asks next learns of it, and embeds everything again.
      known = undefined;
      throw changedDimensions(model, before, found);
    }
    known = found;
    return vectors;
  };
  return {
    model,
    // No retries: whoever asks this asks again later, and a start waits for it.
    dimensions: async (signal) => known ?? (await probe(ask, model, signal)),
    embed: async (texts, signal) => {
      const vectors: (readonly number[])[] = [];
      for (const batch of splitBatches(texts, limits))
        vectors.push(...(await embedBatch(ask, batch, signal)));
      return vectors;
    },
  };
}

function openClient({ apiKey, baseUrl, timeoutMs = 20_000 }: OpenaiEmbedderOptions): OpenAI {
  return new OpenAI({
    // Local endpoints want no key, and the SDK refuses to start without one.
    apiKey: apiKey ?? 'unused',
    ...(baseUrl !== null && { baseURL: baseUrl }),
    timeout: timeoutMs,
    // Its own log would pass by the redaction.
    logLevel: 'off',
  });
}

async function request(
  client: OpenAI,
  model: string,
  texts: readonly string[],
  how: { readonly signal: AbortSignal; readonly maxRetries: number },
): Promise<Vectors> {
  try {
    const body = { model, input: [...texts], encoding_format: 'float' as const };
    return readVectors(await client.embeddings.create(body, how), texts.length);
  } catch (error) {
    throw embeddingFault(error, model);
  }
}

async function probe(
  ask: (texts: readonly string[], signal: AbortSignal, maxRetries: number) => Promise<Vectors>,
  model: string,
  signal: AbortSignal,
): Promise<number> {
  try {
    return (await ask(['dimensions'], signal, 0))[0]?.length ?? 0;
  } catch (error) {
    // One short word cannot be too long: what is refused is the model.
    throw isTooMuch(error) ? unknownModel(model, error.message, error) : error;
  }
}

/** Halves what the model refuses: first the number of texts, then the text. */
async function embedBatch(ask: Ask, texts: readonly string[], signal: AbortSignal): Promise<Vectors> {
  try {
    return await ask(texts, signal);
  } catch (error) {
    const [first = ''] = texts;
    if (!isTooMuch(error) || (texts.length === 1 && first.length <= shortestText)) throw error;
    if (texts.length === 1) return embedBatch(ask, [first.slice(0, Math.ceil(first.length / 2))], signal);
    const half = Math.ceil(texts.length / 2);
    const before = await embedBatch(ask, texts.slice(0, half), signal);
    return [...before, ...(await embedBatch(ask, texts.slice(half), signal))];
  }
}

const isTooMuch = (error: unknown): error is Fault => error instanceof Fault && error.code === tooMuch;

function changedDimensions(model: string, before: number, now: number | undefined): Fault {
  return new Fault(
    'rejected',
    'embedding-dimensions',
    `The embedding model ${model} gave vectors of ${before} numbers and now gives ${now}.`,
    'Was the model behind that name replaced? Recourse embeds everything again.',
  );
}
