import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenaiEmbedder } from '#adapters/openai/create-openai-embedder.ts';
import { splitBatches } from '#adapters/openai/split-batches.ts';
import { type ModelRequest, type ModelServer, startModelServer } from '#test/support/model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (more: { timeoutMs?: number; apiKey?: string } = {}) =>
  createOpenaiEmbedder({ model: 'small', apiKey: null, baseUrl: `${server.url}/v1`, ...more });
const soon = () => AbortSignal.timeout(20_000);
const inputOf = ({ body }: ModelRequest) => body.input as readonly string[];

/** A vector that tells which text it belongs to, so that a wrong order shows. */
const vectorOf = (text: string) => [text.length, 1, 0];
const vectors = (request: ModelRequest) => ({
  body: { data: inputOf(request).map((text, index) => ({ index, embedding: vectorOf(text) })) },
});
const refused = (status: number, message: string) => ({ status, body: { error: { message } } });

describe('an embedder at an OpenAI-compatible endpoint', () => {
  it('asks the named model with the key and gives unit vectors', async () => {
    server.answer(vectors);
    const [vector = []] = await open({ apiKey: 'some-key' }).embed(['abc'], soon());
    expect(Math.hypot(...vector)).toBeCloseTo(1);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/embeddings',
      headers: { authorization: 'Bearer some-key' },
      body: { model: 'small', input: ['abc'], encoding_format: 'float' },
    });
  });

  it('keeps the order of the texts over batches and whatever the order of the answer', async () => {
    server.answer((request) => ({ body: { data: vectors(request).body.data.toReversed() } }));
    const texts = Array.from({ length: 150 }, (_, index) => 'x'.repeat(index + 1));
    const found = await open().embed(texts, soon());
    const lengths = found.map(([first = 0, second = 1]) => Math.round(first / second));
    expect(lengths).toEqual(texts.map(({ length }) => length));
    expect(server.requests.map((request) => inputOf(request).length)).toEqual([64, 64, 22]);
  });

  it('waits as long as Retry-After says and then goes on', async () => {
    server.answer((request, before) =>
      before === 0 ? { ...refused(429, 'slow down'), headers: { 'retry-after': '1' } } : vectors(request),
    );
    const started = performance.now();
    await open().embed(['a'], soon());
    expect(server.requests).toHaveLength(2);
    expect(performance.now() - started).toBeGreaterThanOrEqual(950);
  });

  it('tries again after a 500 and gives up in the end', async () => {
    server.answer((request, before) => (before < 2 ? refused(500, 'oops') : vectors(request)));
    expect(await open().embed(['a'], soon())).toHaveLength(1);
    server.answer(() => ({ ...refused(503, 'down'), headers: { 'retry-after-ms': '1' } }));
    await expect(open().embed(['a'], soon())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(server.requests).toHaveLength(4);
  });

  it('ends with its signal, also while it waits', async () => {
    server.answer(() => ({ ...refused(429, 'later'), headers: { 'retry-after': '50' } }));
    await expect(open().embed(['a'], AbortSignal.timeout(200))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('gives up on a request that hangs', async () => {
    server.answer(() => ({ raw: () => undefined }));
    const asked = open({ timeoutMs: 50 }).dimensions(soon());
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([
    [401, 'embedding-key', /OPENAI_API_KEY/],
    [403, 'embedding-key', /OPENAI_API_KEY/],
    [404, 'embedding-model', /EMBEDDING_MODEL/],
    [400, 'embedding-model', /EMBEDDING_MODEL/],
  ])(
    'says clearly what to change when the endpoint answers %d at the start',
    async (status, code, advice) => {
      server.answer(() => refused(status, 'no'));
      await expect(open().dimensions(soon())).rejects.toMatchObject({
        kind: 'configuration',
        code,
        advice: expect.stringMatching(advice),
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  it('is unavailable when nobody listens', async () => {
    const nobody = createOpenaiEmbedder({ model: 'm', apiKey: null, baseUrl: 'http://127.0.0.1:9/v1' });
    await expect(nobody.dimensions(soon())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('embeds a text that is too long by its beginning, and the others whole', async () => {
    server.answer((request) =>
      inputOf(request).some(({ length }) => length > 1000) ? refused(400, 'too long') : vectors(request),
    );
    const found = await open().embed(['short', 'x'.repeat(3000), 'also'], soon());
    expect(found.map(([first = 0, second = 1]) => Math.round(first / second))).toEqual([5, 750, 4]);
  });

  it('does not shorten for ever', async () => {
    server.answer(() => refused(413, 'too long'));
    await expect(open().embed(['x'.repeat(4000)], soon())).rejects.toMatchObject({ kind: 'rejected' });
    expect(server.requests.length).toBeLessThan(10);
  });

  it.each([
    ['no vectors', { data: [] }],
    ['too many', { data: [0, 1, 2].map((index) => ({ index, embedding: [1] })) }],
    ['the same place twice', { data: [0, 0].map((index) => ({ index, embedding: [1] })) }],
    ['no place', { data: [{ embedding: [1] }, { embedding: [1] }] }],
    ['texts', { data: [0, 1].map((index) => ({ index, embedding: ['1', 'x'] })) }],
    ['nulls', { data: [0, 1].map((index) => ({ index, embedding: [null, 1] })) }],
    ['zero vectors', { data: [0, 1].map((index) => ({ index, embedding: [0, 0] })) }],
    ['infinities', '{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}'],
    ['empty vectors', { data: [0, 1].map((index) => ({ index, embedding: [] })) }],
    ['endless vectors', { data: [0, 1].map((index) => ({ index, embedding: Array(16_001).fill(1) })) }],
    ['several lengths', { data: [0, 1].map((index) => ({ index, embedding: Array(index + 1).fill(1) })) }],
    ['something else', { data: { length: 2 } }],
    ['null', null],
    ['half an answer', '{"data":['],
    ['a web page', '<html>login</html>'],
  ])('refuses an answer with %s', async (_, body) => {
    server.answer(() => ({ body }));
    await expect(open().embed(['a', 'b'], soon())).rejects.toMatchObject({
      name: 'Fault',
      kind: expect.stringMatching(/rejected|unavailable/),
    });
  });

  it('notices when the model behind its name changes, and learns the new one', async () => {
    server.answer(vectors);
    const embedder = open();
    expect(await embedder.dimensions(soon())).toBe(3);
    server.answer((request) => ({
      body: { data: inputOf(request).map((_, index) => ({ index, embedding: [1, 2] })) },
    }));
    expect(await embedder.dimensions(soon())).toBe(3);
    await expect(embedder.embed(['a'], soon())).rejects.toMatchObject({ code: 'embedding-dimensions' });
    expect(await embedder.dimensions(soon())).toBe(2);
  });
});

describe('batches', () => {
  it('stay within both limits, in order, and lose nothing', () => {
    const texts = ['aaaa', 'b', 'c', 'dddddddd', 'e', 'f', 'g'];
    const batches = splitBatches(texts, { texts: 3, characters: 6 });
    expect(batches).toEqual([['aaaa', 'b', 'c'], ['dddddddd'], ['e', 'f', 'g']]);
    expect(splitBatches([], { texts: 3, characters: 6 })).toEqual([]);
  });
});
