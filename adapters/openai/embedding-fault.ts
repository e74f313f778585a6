import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { Fault } from '#domain/fault.ts';

/** The code of a Fault that means: these texts are too much for the model, fewer or shorter ones may do. */
export const tooMuch = 'embedding-input';

/** How much of what the endpoint says is repeated. */
const longestQuote = 300;

const passingStatus = new Set([408, 409, 425, 429]);

/** What the SDK throws, as the few kinds that the core knows. */
export function embeddingFault(error: unknown, model: string): Fault {
  if (error instanceof Fault) return error;
  const said = (error instanceof Error ? error.message : String(error)).slice(0, longestQuote);
  const status = error instanceof APIError ? (error.status ?? 0) : 0;
  if (status === 401 || status === 403)
    return new Fault(
      'configuration',
      'embedding-key',
      `The embedding endpoint refuses the key: ${said}`,
      'Correct OPENAI_API_KEY, or unset EMBEDDING_MODEL to search by words alone.',
      error,
    );
  if (status === 404) return unknownModel(model, said, error);
  if (isTooMuch(status, said))
    return new Fault(
      'rejected',
      tooMuch,
      `The embedding model ${model} takes no such text: ${said}`,
      shorter,
      error,
    );
  return new Fault(
    isPassing(error, status) ? 'unavailable' : 'rejected',
    'embedding',
    `The embedding model ${model} does not answer: ${said}`,
    'Until it answers, words alone decide what is found. Check OPENAI_BASE_URL.',
    error,
  );
}

export function unknownModel(model: string, said: string, cause: unknown): Fault {
  return new Fault(
    'configuration',
    'embedding-model',
    `The embedding endpoint does not serve the model ${model}: ${said}`,
    'Correct EMBEDDING_MODEL or OPENAI_BASE_URL (most end in /v1), or unset EMBEDDING_MODEL to search by words alone.',
    cause,
  );
}

const shorter = 'Use an embedding model that reads at least 512 tokens.';

/** llama.cpp answers 500 to a text that is longer than its batch. */
function isTooMuch(status: number, said: string): boolean {
  return [400, 413, 422].includes(status) || (status >= 500 && /too (large|long)|exceed/i.test(said));
}

function isPassing(error: unknown, status: number): boolean {
  return (
    error instanceof APIConnectionError ||
    error instanceof APIUserAbortError ||
    passingStatus.has(status) ||
    status >= 500 ||
    !(error instanceof APIError)
  );
}
