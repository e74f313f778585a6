import type { Config } from '#adapters/config/config.ts';
import { type AskModel, createAskModel } from '#application/ask-model.ts';
import { Fault } from '#domain/fault.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { Logger } from '#ports/logger.ts';
import type { Reranker } from '#ports/reranker.ts';

/** How long a start waits for the embedding endpoint. */
const patienceMs = 5_000;

/**
 * The embedder, loaded only when a model is configured: a bot without one carries none of it. A wrong key or an
 * unknown model is thrown, so that it is told at the start and not in the first incident; an endpoint that is only
 * away is warned about, because the bot is wanted most when other things are down.
 */
export async function openEmbedder({ models }: Config, logger: Logger): Promise<Embedder | null> {
  if (models.embeddingModel === null) return null;
  const { createOpenaiEmbedder } = await import('#adapters/openai/create-openai-embedder.ts');
  const embedder = createOpenaiEmbedder({ ...models, model: models.embeddingModel });
  try {
    await embedder.dimensions(AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (!(error instanceof Fault) || error.kind === 'configuration') throw error;
    logger.warn({ error }, 'the embedding model cannot be had yet; words alone decide until it answers');
  }
  return embedder;
}

/** Not asked at the start: whether it answers shows with the first question, and nothing depends on it. */
export async function openReranker({ rerank }: Config): Promise<Reranker | null> {
  if (rerank === null) return null;
  const { createHttpReranker } = await import('#adapters/rerank/create-http-reranker.ts');
  return createHttpReranker(rerank);
}

const providers = ['openai'];
const prompts = ['alert-noise', 'better-runbook', 'case-draft'] as const;

/** The chat model with the prompts that it is asked by; null where none is configured, and then nothing of it is loaded. */
export async function openAskModel(
  { models }: Config,
  needs: Omit<Parameters<typeof createAskModel>[0], 'chatModel' | 'prompts'>,
): Promise<AskModel | null> {
  if (models.chatModel === null) return null;
  const { provider, model } = models.chatModel;
  if (!providers.includes(provider))
    throw new Fault(
      'configuration',
      'chat-provider',
      `CHAT_MODEL names the provider ${provider}, which is none that Recourse knows.`,
      `Known is ${providers.join(', ')}, for any OpenAI-compatible endpoint: set OPENAI_BASE_URL to yours.`,
    );
  const { createOpenaiChatModel } = await import('#adapters/openai/create-openai-chat-model.ts');
  const { loadPrompts } = await import('#adapters/prompts/load-prompts.ts');
  return createAskModel({
    ...needs,
    chatModel: createOpenaiChatModel({ ...models, model }),
    prompts: loadPrompts(prompts),
  });
}
