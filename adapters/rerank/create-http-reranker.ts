import { Fault, type FaultKind } from '#domain/fault.ts';
import type { Reranker } from '#ports/reranker.ts';
import { readLimited } from './read-limited.ts';
import { readScores } from './read-scores.ts';

export interface HttpRerankerOptions {
  /** The whole address, such as https://api.jina.ai/v1/rerank. */
  readonly url: string;
  /** Null for endpoints that serve one model only. */
  readonly model: string | null;
  readonly apiKey: string | null;
  /** The answer is here by then or does not count. */
  readonly budgetMs: number;
}

const mostBytes = 1_000_000;

/** A reranker at any `/rerank` endpoint in the form of Jina, Cohere v2 and llama.cpp. One request a call, no retries. */
export function createHttpReranker(options: HttpRerankerOptions): Reranker {
  return {
    score: async (question, texts) => {
      const scores = readScores(await ask(options, question, texts), texts.length);
      if (scores === undefined)
        throw fault('rejected', 'rerank-answer', 'answered without a score for each text');
      return scores;
    },
  };
}

async function ask(
  options: HttpRerankerOptions,
  query: string,
  documents: readonly string[],
): Promise<unknown> {
  const response = await send(options, { query, documents, top_n: documents.length });
  if (!response.ok) {
    await response.body?.cancel();
    const passing = response.status === 429 || response.status >= 500;
    throw fault(passing ? 'unavailable' : 'rejected', 'rerank', `answered with status ${response.status}`);
  }
  const text = await readLimited(response, mostBytes).catch((error: unknown) => {
    throw fault('unavailable', 'rerank', 'broke off or took too long', error);
  });
  return parse(text);
}

async function send({ url, model, apiKey, budgetMs }: HttpRerankerOptions, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ ...(model !== null && { model }), ...body }),
      // Neither the key nor the texts go where another server points.
      redirect: 'error',
      // It holds for the body too.
      signal: AbortSignal.timeout(budgetMs),
    });
  } catch (error) {
    throw fault('unavailable', 'rerank', `does not answer within ${budgetMs} ms`, error);
  }
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    throw fault('rejected', 'rerank-answer', 'answered with something that is no JSON', error);
  }
}

function fault(kind: FaultKind, code: string, what: string, cause?: unknown): Fault {
  const advice =
    'Check RERANK_URL, RERANK_MODEL, RERANK_API_KEY and RERANK_BUDGET_MS. The order stays as it was.';
  return new Fault(kind, code, `The reranker ${what}.`, advice, cause);
}
