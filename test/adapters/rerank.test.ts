import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { reorder } from '#adapters/postgres/search/rerank.ts';
import { createTryModel } from '#adapters/postgres/search/try-model.ts';
import { createHttpReranker } from '#adapters/rerank/create-http-reranker.ts';
import { Fault } from '#domain/fault.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import { noReasons } from '#domain/ranking/match-reasons.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { Candidate } from '#ports/solution-search.ts';
import { openEmbeddedTest } from '#test/support/databases.ts';
import { type ModelServer, startModelServer } from '#test/support/model-server.ts';
import { addSolutions, addWorkspace, plainModels } from '#test/support/search-database.ts';

const candidate = (name: string, similarity: number): Candidate =>
  ({
    solution: { id: name as SolutionId },
    similarity,
    parts: [],
    reasons: { ...noReasons, words: [name] },
  }) as unknown as Candidate;
const names = (candidates: readonly Candidate[]) => candidates.map(({ solution }) => solution.id);

describe('reordering by a reranker', () => {
  const list = [candidate('a', 0.9), candidate('b', 0.8), candidate('c', 0.3), candidate('d', 0.01)];

  it('lifts what reads better, and keeps the similarities of the list', () => {
    const reordered = reorder(list, [0, 5, 0, 0], 2);
    expect(names(reordered)[0]).toBe('b');
    expect(reordered.map(({ similarity }) => similarity)).toEqual([0.9, 0.8, 0.3, 0.01]);
    expect(reordered[0]?.reasons.words).toEqual(['b']);
  });

  it('does not depend on the scale of the scores', () => {
    const scores = [0.1, 0.4, 0.3, 0.2];
    const scaled = scores.map((score) => score * 1_000 - 77);
    expect(names(reorder(list, scaled, 2))).toEqual(names(reorder(list, scores, 2)));
  });

  it('changes nothing when the scores say nothing, and cannot lift what hardly fits over what surely does', () => {
    for (const scores of [
      [3, 3, 3, 3],
      [1e308, -1e308, 1e308, -1e308],
    ])
      expect(reorder(list, scores, 2)).toEqual(list);
    expect(names(reorder(list, [0, 0, 0, 1], 2))[0]).not.toBe('d');
    expect(reorder([candidate('x', 1), candidate('y', 0)], [0, 1], 2)[0]?.similarity).toBe(1);
  });
});

describe('trying a model', () => {
  it('asks again only after a pause, warns once a minute, and throws defects', async () => {
    let now = 0;
    const warned: string[] = [];
    const logger = { ...plainModels.logger, warn: (_: object, message: string) => void warned.push(message) };
    const attempt = createTryModel({ name: 'reranker', logger, pauseMs: 10_000 }, () => now);
    const away = () => Promise.reject(new Fault('unavailable', 'x', 'away', 'wait'));
    expect(await attempt(away)).toBeUndefined();
    expect(await attempt(async () => 'here')).toBeUndefined();
    now = 10_000;
    expect(await attempt(async () => 'here')).toBe('here');
    expect(await attempt(away)).toBeUndefined();
    expect(warned).toEqual(['the search does without the reranker']);
    now = 60_000;
    expect(await attempt(away)).toBeUndefined();
    expect(warned).toHaveLength(2);
    now = 70_000;
    await expect(attempt(() => Promise.reject(new TypeError('defect')))).rejects.toThrow('defect');
  });
});

describe('a search with a reranker', () => {
  let server: ModelServer;
  let database: Awaited<ReturnType<typeof openEmbeddedTest>>;
  let workspace: WorkspaceId;
  const texts = () => server.requests[0]?.body.documents as readonly string[];
  const search = (open: OpenDatabase, redact = (text: string) => text, budgetMs = 10_000) => {
    const reranker = createHttpReranker({ url: server.url, model: null, apiKey: null, budgetMs });
    return createSolutionSearch({ database: open.database, models: { ...plainModels, redact, reranker } });
  };
  const find = (by = search(database.open), limit = 5) =>
    by.find({ workspace, text: 'disk full on the database', limit });

  beforeAll(async () => {
    server = await startModelServer();
    database = await openEmbeddedTest();
    workspace = await addWorkspace(database.open);
    const past = (title: string, symptoms: string) => {
      const text = { title, symptoms, rootCause: 'x'.repeat(5_000), resolution: '', validation: '' };
      return { kind: 'case', case: { ...text, tags: [], owner: '', appliesTo: {} } } as const;
    };
    await addSolutions(
      database.open,
      workspace,
      Array.from({ length: 25 }, (_, index) => ({
        slug: `s${index}`,
        content: past(index < 2 ? 'Disk full' : 'Disk', `disk is full, remember swordfish ${index}`),
      })),
    );
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  it('sends the best 20 and the question, redacted and cut, and follows its order', async () => {
    const plain = await createSolutionSearch({ database: database.open.database }).find({
      workspace,
      text: 'disk full on the database',
      limit: 20,
    });
    server.answer(({ body }) => ({
      body: (body.documents as readonly string[]).map((_, index) => ({ index, score: index === 19 ? 9 : 0 })),
    }));
    const hide = (text: string) => text.replaceAll('swordfish', '[redacted]').replaceAll('database', 'store');
    const found = await find(search(database.open, hide), 20);
    expect(server.requests[0]?.body.query).toBe('disk full on the store');
    expect(texts()).toHaveLength(20);
    for (const text of texts()) {
      expect(text).toMatch(/^Disk( full)?\n\ndisk is full, remember \[redacted\]/);
      expect(text.length).toBeLessThan(1_600);
    }
    expect(found[0]?.solution.id).toBe(plain[19]?.solution.id);
    expect(found.map(({ similarity }) => similarity)).toEqual(plain.map(({ similarity }) => similarity));
  });

  it.each([
    ['an error', { status: 500, body: {} }],
    ['nonsense', { body: { results: [{ index: 'a' }] } }],
    ['nothing in time', { raw: () => undefined }],
  ])('keeps its own order when the reranker answers with %s', async (_, answer) => {
    server.answer(() => answer);
    const plain = createSolutionSearch({ database: database.open.database });
    expect(await find(search(database.open, (text) => text, 100))).toEqual(await find(plain));
    expect(server.requests).toHaveLength(1);
  });

  it('gives the embedder the redacted question, and does without it while it is away', async () => {
    const asked: string[] = [];
    const embedder: Embedder = {
      model: 'm',
      dimensions: async () => 1,
      embed: async (texts) => {
        asked.push(...texts);
        throw new Fault('unavailable', 'embedding', 'away', 'wait');
      },
    };
    const redact = (text: string) => text.replaceAll('database', '[redacted]');
    const models = { ...plainModels, redact, embedder };
    const by = createSolutionSearch({ database: database.open.database, models });
    const plain = await find(createSolutionSearch({ database: database.open.database }));
    expect(await find(by)).toEqual(plain);
    expect(await find(by)).toEqual(plain);
    expect(asked).toEqual(['disk full on the [redacted]']);
  });

  it('does not ask when there is nothing to reorder', async () => {
    server.answer(() => ({ body: [] }));
    expect(await search(database.open).find({ workspace, text: 'unheard', limit: 5 })).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});
