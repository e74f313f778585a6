import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { openAskModel, openEmbedder, openReranker } from '#src/composition/open-models.ts';
import { type ModelServer, startModelServer } from '#test/support/model-server.ts';
import { plainModels } from '#test/support/search-database.ts';

describe('models at the start', () => {
  let server: ModelServer;
  const warned: object[] = [];
  const logger = { ...plainModels.logger, warn: (fields: object) => void warned.push(fields) };
  const open = (url: string) =>
    openEmbedder(readConfig({ EMBEDDING_MODEL: 'm', OPENAI_API_KEY: 'k', OPENAI_BASE_URL: url }), logger);

  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());

  it('are none without a setting', async () => {
    expect(await openEmbedder(readConfig({}), logger)).toBeNull();
    expect(await openReranker(readConfig({}))).toBeNull();
  });

  it('prevent no start when the endpoint is away, and are there when it is back', async () => {
    server.answer(() => ({ status: 503, body: {} }));
    const embedder = await open(server.url);
    expect(warned).toHaveLength(1);
    server.answer(() => ({ body: { data: [{ index: 0, embedding: [1, 2, 3] }] } }));
    expect(await embedder?.dimensions(AbortSignal.timeout(10_000))).toBe(3);
    expect(await open('http://127.0.0.1:9/v1')).not.toBeNull();
    expect(warned).toHaveLength(2);
  });

  it.each([401, 404])('prevent a start when the endpoint answers %d', async (status) => {
    server.answer(() => ({ status, body: { error: { message: 'no' } } }));
    await expect(open(server.url)).rejects.toMatchObject({ kind: 'configuration' });
  });

  it('know a chat model behind an OpenAI-compatible endpoint, and no other provider', async () => {
    const needs = { redact: (text: string) => text, ids: { nonce: () => 'n' } };
    const openChat = (name: string) =>
      openAskModel(readConfig({ CHAT_MODEL: name, OPENAI_BASE_URL: server.url }), needs);
    expect(await openAskModel(readConfig({}), needs)).toBeNull();
    expect(await openChat('openai:m')).toBeTypeOf('function');
    await expect(openChat('oracle:m')).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('the provider oracle'),
    });
  });

  it('take the reranker and its key from the settings', async () => {
    const url = `${server.url}/rerank`;
    const config = readConfig({ RERANK_URL: url, RERANK_MODEL: 'm', RERANK_API_KEY: 'a-rerank-key' });
    expect(config.rerank).toEqual({ url, model: 'm', apiKey: 'a-rerank-key', budgetMs: 800 });
    expect(config.secrets).toContain('a-rerank-key');
    server.answer(() => ({ body: [{ index: 0, score: 0.5 }] }));
    expect(await (await openReranker(config))?.score('q', ['t'])).toEqual([0.5]);
    expect(() => readConfig({ RERANK_MODEL: 'm' })).toThrow(/RERANK_URL must be set together/);
  });
});
