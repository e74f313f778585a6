import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { vectorIndexOf } from '#adapters/postgres/search/vector-space.ts';
import { createSearchIndex } from '#adapters/postgres/stores/search-index.ts';
import { Fault } from '#domain/fault.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import { describeOnBothEngines } from '#test/support/databases.ts';
import { addSolutions, addWorkspace, inScope } from '#test/support/search-database.ts';

const past = (title: string, symptoms = 'slow', tags: readonly string[] = []): SolutionContent => ({
  kind: 'case',
  case: { title, symptoms, rootCause: '', resolution: '', validation: '', tags, owner: '', appliesTo: {} },
});

/** Remembers what it was asked; `failAfter` texts it is away. */
function createEmbedder(model = 'first', length = 4, failAfter = Number.POSITIVE_INFINITY) {
  const asked: string[] = [];
  const embedder: Embedder = {
    model,
    dimensions: async () => length,
    embed: async (texts) => {
      if (asked.length + texts.length > failAfter)
        throw new Fault('unavailable', 'embedding', 'away', 'wait');
      asked.push(...texts);
      return texts.map((text) => Array.from({ length }, (_, at) => (at === 0 ? text.length : 1)));
    },
  };
  return { embedder, asked };
}

describeOnBothEngines('embedding what has no vector', (openDatabase) => {
  let open: OpenDatabase;
  let workspace: WorkspaceId;
  const signal = () => AbortSignal.timeout(20_000);

  const run = async (
    { embedder }: { readonly embedder: Embedder },
    { redact = (text: string) => text, exactUpTo = 1_000, of = workspace } = {},
  ): Promise<number> => {
    const embed = createEmbedMissing({ open, embedder, redact, exactUpTo });
    let turns = 0;
    while ((await embed(of, signal())) > 0) turns += 1;
    return turns;
  };
  const stored = () =>
    inScope(open, workspace, ({ executor }) =>
      readRows<{ id: string; model: string; dimensions: number; embedding: string }>(
        executor,
        sql`select solution_id as id, model, dimensions, embedding::text from search_embeddings order by 2, 1`,
      ),
    );
  const edit = (id: SolutionId | undefined, content: SolutionContent) =>
    inScope(open, workspace, async (scope) => {
      await scope.executor.execute(
        sql`update solution_versions set content = ${JSON.stringify(content)}::text::jsonb where solution_id = ${id}::uuid`,
      );
      await createSearchIndex(scope).put([{ id: id as SolutionId, content }]);
    });
  const indexes = async () =>
    (
      await readRows<{ name: string }>(
        open.database,
        sql`select indexrelid::regclass::text as name from pg_index
          where indrelid = 'search_embeddings'::regclass and indisvalid order by 1`,
      )
    )
      .map(({ name }) => name)
      .filter((name) => name.includes('hnsw'));

  beforeAll(async () => {
    open = (await openDatabase()).open;
  });
  beforeEach(async () => {
    workspace = await addWorkspace(open);
  });

  it('goes on where it stopped', async () => {
    await addSolutions(
      open,
      workspace,
      Array.from({ length: 80 }, (_, index) => ({ slug: `s${index}`, content: past(`Case ${index}`) })),
    );
    const broken = createEmbedder('first', 4, 40);
    await expect(run(broken)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await stored()).toHaveLength(32);
    const resumed = createEmbedder();
    await run(resumed);
    expect(new Set([...broken.asked, ...resumed.asked]).size).toBe(80);
    expect(resumed.asked).toHaveLength(48);
    expect(await stored()).toHaveLength(80);
  });

  it('embeds only what changed, and keeps the old vector until then', async () => {
    const [one, other] = await addSolutions(open, workspace, [
      { slug: 'a', content: past('Alpha') },
      { slug: 'b', content: past('Beta') },
    ]);
    await run(createEmbedder());
    const before = await stored();
    await edit(one, past('Alpha', 'quick'));
    // What is not embedded, such as tags, needs no new vector.
    await edit(other, past('Beta', 'slow', ['new']));
    expect(await stored()).toEqual(before);
    const again = createEmbedder();
    await run(again);
    expect(again.asked).toEqual([expect.stringContaining('quick')]);
    expect(await stored()).toHaveLength(2);
    expect(await stored()).not.toEqual(before);
  });

  it('leaves a solution that is edited meanwhile for the next turn', async () => {
    const [id] = await addSolutions(open, workspace, [{ slug: 'a', content: past('Alpha') }]);
    const { embedder, asked } = createEmbedder();
    let edited = false;
    const slow: Embedder = {
      ...embedder,
      embed: async (texts, until) => {
        if (!edited) await edit(id, past('Omega'));
        edited = true;
        return embedder.embed(texts, until);
      },
    };
    await run({ embedder: slow });
    expect(asked.map((text) => text.split('\n')[0])).toEqual(['Alpha', 'Omega']);
    expect(await stored()).toHaveLength(1);
  });

  it('embeds everything again for another model, and removes the old vectors only when all have one', async () => {
    await addSolutions(
      open,
      workspace,
      Array.from({ length: 40 }, (_, index) => ({ slug: `s${index}`, content: past(`Case ${index}`) })),
    );
    await run(createEmbedder('first'));
    await expect(run(createEmbedder('second', 6, 35))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(Map.groupBy(await stored(), ({ model }) => model).get('first')).toHaveLength(40);
    const second = createEmbedder('second', 6);
    await run(second);
    expect(second.asked).toHaveLength(8);
    const rows = await stored();
    expect(rows).toHaveLength(40);
    expect(rows.every(({ model, dimensions }) => model === 'second' && dimensions === 6)).toBe(true);
  });

  it('embeds everything again when the same name gives vectors of another length', async () => {
    await addSolutions(open, workspace, [{ slug: 'a', content: past('Alpha') }]);
    await run(createEmbedder('same', 4));
    await run(createEmbedder('same', 7));
    expect((await stored()).map(({ dimensions }) => dimensions)).toEqual([7]);
  });

  it('sends only what is redacted', async () => {
    await addSolutions(open, workspace, [{ slug: 'a', content: past('Alpha', 'the word is swordfish') }]);
    const { embedder, asked } = createEmbedder();
    await run({ embedder }, { redact: (text) => text.replaceAll('swordfish', '[redacted]') });
    expect(asked).toEqual([expect.stringContaining('the word is [redacted]')]);
  });

  it('leaves out a text that the endpoint refuses, and asks for it again only when it changed', async () => {
    const [id] = await addSolutions(open, workspace, [
      { slug: 'a', content: past('Poison') },
      { slug: 'b', content: past('Beta') },
      { slug: 'c', content: past('Gamma') },
    ]);
    const { embedder, asked } = createEmbedder();
    const picky: Embedder = {
      ...embedder,
      embed: (texts, by) =>
        texts.some((text) => text.includes('Poison'))
          ? Promise.reject(new Fault('rejected', 'embedding-input', 'no such text', 'write another'))
          : embedder.embed(texts, by),
    };
    const embed = createEmbedMissing({ open, embedder: picky, redact: (text) => text, exactUpTo: 1_000 });
    const embedAll = async () => {
      while ((await embed(workspace, signal())) > 0);
    };
    await embedAll();
    expect(asked.map((text) => text.split('\n')[0])).toEqual(expect.arrayContaining(['Beta', 'Gamma']));
    expect(asked).toHaveLength(2);
    await edit(id, past('Cure'));
    await embedAll();
    expect(asked).toHaveLength(3);
  });

  it('loses the vector with its solution and touches no other workspace', async () => {
    const other = await addWorkspace(open);
    await addSolutions(open, other, [{ slug: 'a', content: past('Theirs') }]);
    const [id] = await addSolutions(open, workspace, [{ slug: 'a', content: past('Mine') }]);
    const embedder = createEmbedder();
    await run(embedder);
    expect(embedder.asked).toHaveLength(1);
    await inScope(open, workspace, async (scope) => {
      const { executor } = scope;
      await createSearchIndex(scope).remove([id as SolutionId]);
      await executor.execute(sql`delete from solution_versions where solution_id = ${id}::uuid`);
      await executor.execute(sql`delete from solutions where id = ${id}::uuid`);
    });
    expect(await stored()).toEqual([]);
  });

  it('makes the index of the model on a server once there are many, and drops those of others', async () => {
    await addSolutions(open, workspace, [
      { slug: 'a', content: past('Alpha') },
      { slug: 'b', content: past('Beta') },
    ]);
    const count = open.engine === 'server' ? 1 : 0;
    await run(createEmbedder('first'), { exactUpTo: 2 });
    expect(await indexes()).toEqual([]);
    await run(createEmbedder('first'), { exactUpTo: 1 });
    await expect.poll(indexes).toHaveLength(count);
    const first = await indexes();
    await run(createEmbedder('second'), { exactUpTo: 1 });
    const second = vectorIndexOf({ model: 'second', dimensions: 4 })?.name;
    await expect.poll(indexes).toEqual(count === 1 ? [second] : []);
    expect(first).not.toContain(second);
  });
});
