import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpReranker } from '#adapters/rerank/create-http-reranker.ts';
import { type ModelServer, startModelServer } from '#test/support/model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (more: { budgetMs?: number; model?: string; apiKey?: string } = {}) =>
  createHttpReranker({
    url: `${server.url}/v1/rerank`,
    model: null,
    apiKey: null,
    budgetMs: 10_000,
    ...more,
  });
const texts = ['first', 'second', 'third'];

describe('a reranker at a /rerank endpoint', () => {
  it('sends question, texts, model and key', async () => {
    server.answer(() => ({
      body: { results: texts.map((_, index) => ({ index, relevance_score: index })) },
    }));
    await open({ model: 'm', apiKey: 'some-key' }).score('why', texts);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/rerank',
      headers: { authorization: 'Bearer some-key', 'content-type': 'application/json' },
      body: { model: 'm', query: 'why', documents: texts, top_n: 3 },
    });
    await open().score('why', texts);
    expect(server.requests[1]?.body).not.toHaveProperty('model');
    expect(server.requests[1]?.headers).not.toHaveProperty('authorization');
  });

  const scored = [2, 0, 1].map((index) => ({ index, relevance_score: index / 10 }));
  it.each([
    ['Jina, Cohere and llama.cpp', { id: 'x', results: scored, meta: {} }],
    ['Voyage', { object: 'list', data: scored }],
    ['text-embeddings-inference', scored.map(({ index, relevance_score: score }) => ({ index, score }))],
  ])('reads the form of %s', async (_, body) => {
    server.answer(() => ({ body }));
    expect(await open().score('why', texts)).toEqual([0, 0.1, 0.2]);
  });

  it.each([
    ['a text without a score', { results: scored.slice(1) }],
    ['a place twice', { results: [scored[0], scored[0], scored[1]] }],
    ['a place that is none', { results: [...scored.slice(1), { index: 7, relevance_score: 1 }] }],
    ['a score that is text', { results: scored.map(({ index }) => ({ index, relevance_score: '1' })) }],
    ['no scores', { results: scored.map(({ index }) => ({ index })) }],
    ['an endless score', '[{"index":0,"score":1e999},{"index":1,"score":1},{"index":2,"score":1}]'],
    ['null', null],
    ['half an answer', '{"results":['],
    ['two megabytes', JSON.stringify({ results: scored, more: 'x'.repeat(2_000_000) })],
  ])('refuses an answer with %s', async (_, body) => {
    server.answer(() => ({ body }));
    await expect(open().score('why', texts)).rejects.toMatchObject({
      kind: 'rejected',
      code: 'rerank-answer',
    });
  });

  it.each([
    [429, 'unavailable'],
    [500, 'unavailable'],
    [401, 'rejected'],
    [404, 'rejected'],
  ])('makes a fault of status %d', async (status, kind) => {
    server.answer(() => ({ status, body: {} }));
    await expect(open().score('why', texts)).rejects.toMatchObject({ kind });
  });

  it('gives up when the budget is spent, before an answer and within one', async () => {
    server.answer(() => ({ raw: () => undefined }));
    await expect(open({ budgetMs: 60 }).score('why', texts)).rejects.toMatchObject({ kind: 'unavailable' });
    server.answer(() => ({ raw: (response) => void response.writeHead(200).write('{"results"') }));
    await expect(open({ budgetMs: 60 }).score('why', texts)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('follows no redirect, so the key stays here', async () => {
    server.answer(() => ({ status: 307, headers: { location: `${server.url}/elsewhere` }, body: {} }));
    await expect(open({ apiKey: 'k' }).score('why', texts)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/rerank']);
  });
});
