import { readdirSync, readFileSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { documentsStatement } from '#adapters/postgres/search/read-candidates.ts';
import { postingsStatement, readStatistics } from '#adapters/postgres/search/read-statistics.ts';
import { createSearchIndex } from '#adapters/postgres/stores/search-index.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { Fault } from '#domain/fault.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent, VersionState } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { addSolutions, addWorkspace, analyse, inScope, plainModels } from '#test/support/search-database.ts';

const runbook = (
  title: string,
  body: string,
  more: { alerts?: readonly string[] } = {},
): SolutionContent => ({
  kind: 'runbook',
  runbook: {
    title,
    appliesTo: {},
    tags: [],
    owner: '@sre',
    alerts: more.alerts ?? [],
    parameters: [],
    lead: body,
    notes: '',
    otherText: '',
    bodyText: body,
    steps: [],
  },
});

const pack = readdirSync('runbooks')
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => {
    const parsed = createRunbookParser(matchWhole).parse(readFileSync(`runbooks/${file}`, 'utf8'), file);
    if (parsed.kind === 'invalid') throw new Error(`${file}: ${JSON.stringify(parsed.problems)}`);
    return { slug: file.replace('.md', ''), content: { kind: 'runbook', runbook: parsed.runbook } as const };
  });

/** Four meanings as four dimensions; enough to tell whether vectors are used at all. */
const scripted = (fail = false): Embedder => ({
  model: 'scripted',
  dimensions: async () => 4,
  embed: async (texts) => {
    if (fail) throw new Fault('unavailable', 'embedder', 'away', 'wait');
    return texts.map((text) => {
      const about = [/music|song|melody/i, /disk/i, /cert/i, /./].findIndex((topic) => topic.test(text));
      return [0, 1, 2, 3].map((dimension) => (dimension === about ? 1 : 0));
    });
  },
});

function suite(openDatabase: () => Promise<OpenDatabase>): void {
  let open: OpenDatabase;
  let starter: WorkspaceId;
  const ask = async (text: string, workspace = starter, embedder: Embedder | null = null) => {
    const models = embedder && { ...plainModels, embedder };
    const search = createSolutionSearch({ database: open.database, models });
    const found = await search.find({ workspace, text, limit: 5 });
    return found.map(({ solution, similarity, reasons, parts }) => ({
      slug: solution.slug,
      similarity,
      words: reasons.words,
      parts,
    }));
  };
  const statistics = (workspace: WorkspaceId, terms: readonly string[]) =>
    inScope(open, workspace, ({ executor }) => readStatistics(executor, terms));

  beforeAll(async () => {
    open = await openDatabase();
    await open.migrate();
    starter = await addWorkspace(open);
    await addSolutions(open, starter, pack);
  });
  afterAll(() => open.close());

  it('answers the story with the full disk, surely enough to show it', async () => {
    const [first, second] = await ask('disk is filling up on demo-web-01, nginx returns 500');
    expect(first?.slug).toBe('disk-full');
    expect(first?.similarity).toBeGreaterThanOrEqual(0.5);
    expect(second?.slug).toBe('nginx-5xx');
  });

  it('is not led astray by the name of a host', async () => {
    const [plain] = await ask('disk is filling up');
    const [named] = await ask('disk is filling up on zz-frontend-eu-17');
    expect(named?.slug).toBe('disk-full');
    expect(named?.similarity).toBeGreaterThanOrEqual((plain?.similarity ?? 1) - 0.1);
  });

  it.each([
    ['nginx 502', 'nginx-5xx'],
    ['KubePodCrashLooping', 'kubernetes-crashloopbackoff'],
    ['NodeFilesystemSpaceFillingUp: /dev/sda1 at 10.0.3.21:9100 has 4% left', 'disk-full'],
    ['my cert expires tomorrow', 'tls-certificate-expiring'],
    ['process killed, OOM', 'oom-kills'],
    ['replica is 2 hours behind', 'postgres-replication-lag'],
    ['ntp drift', 'clock-skew'],
  ])('%s', async (text, slug) => {
    const [first] = await ask(text);
    expect(first?.slug).toBe(slug);
    expect(first?.similarity).toBeGreaterThanOrEqual(0.5);
  });

  it.each(['what is for lunch', 'hello there', 'the printer is jammed', '', '🙂', 'the the the'])(
    'finds nothing worth showing for %j',
    async (text) => {
      for (const { similarity } of await ask(text)) expect(similarity).toBeLessThan(0.5);
    },
  );

  it('takes 40,000 characters, quotes and broken text', async () => {
    for (const text of [
      'disk full '.repeat(4_000),
      `"disk" {full} \\ 'x'`,
      '\ud800 disk full',
      'disk\0 full',
    ]) {
      expect((await ask(text))[0]?.slug).toBe('disk-full');
    }
  });

  it('names the words that matched as they were written, without stop words', async () => {
    const [first] = await ask('The Disk is filling up on demo-web-01, what now with the nginx?');
    expect(first?.words).toContain('Disk');
    expect(first?.words.length).toBeLessThanOrEqual(6);
    for (const word of ['The', 'is', 'on', 'demo-web-01']) expect(first?.words).not.toContain(word);
  });

  it('finds an alert by its exact name before pages that only talk about its words', async () => {
    const workspace = await addWorkspace(open);
    await addSolutions(open, workspace, [
      {
        slug: 'talk',
        content: runbook('Node filesystem', 'node filesystem space filling up node filesystem'),
      },
      {
        slug: 'named',
        content: runbook('Storage', 'make room', { alerts: ['NodeFilesystemSpaceFillingUp'] }),
      },
      { slug: 'other', content: runbook('Queue', 'messages wait') },
    ]);
    const [first] = await ask('NodeFilesystemSpaceFillingUp: 3% left', workspace);
    expect(first?.slug).toBe('named');
  });

  it.each<VersionState>(['draft', 'in-review', 'superseded', 'rejected', 'retired', 'deprecated'])(
    'never finds what is %s',
    async (state) => {
      const workspace = await addWorkspace(open);
      await addSolutions(open, workspace, [
        { slug: 'hidden', content: runbook('Disk full', 'disk full'), state },
      ]);
      expect(await ask('disk full', workspace)).toEqual([]);
    },
  );

  it('keeps workspaces apart, in results and in statistics', async () => {
    const mine = await addWorkspace(open);
    const theirs = await addWorkspace(open);
    await addSolutions(open, mine, [{ slug: 'mine', content: runbook('Disk full', 'disk full') }]);
    await addSolutions(open, theirs, [
      { slug: 'theirs', content: runbook('Disk full', 'disk full') },
      { slug: 'theirs-2', content: runbook('Disk slow', 'disk slow') },
    ]);
    expect((await ask('disk full', mine)).map(({ slug }) => slug)).toEqual(['mine']);
    expect((await statistics(mine, ['disk'])).documents).toBe(1);
    expect((await statistics(theirs, ['disk'])).documents).toBe(2);
  });

  it('keeps statistics right through inserts, edits and deletes', async () => {
    const edited = await addWorkspace(open);
    const fresh = await addWorkspace(open);
    const [first, second] = await addSolutions(open, edited, [
      { slug: 'a', content: runbook('Queue backlog', 'old words about rabbits') },
      { slug: 'b', content: runbook('Disk full', 'no space') },
    ]);
    await inScope(open, edited, async (scope) => {
      await createSearchIndex(scope).put([
        { id: first as SolutionId, content: runbook('Clock skew', 'the clock drifts') },
      ]);
      await createSearchIndex(scope).put([
        { id: first as SolutionId, content: runbook('Clock skew', 'the clock drifts') },
      ]);
      await createSearchIndex(scope).remove([second as SolutionId]);
      await scope.executor.execute(sql`delete from solution_versions where solution_id = ${second}::uuid`);
      await scope.executor.execute(sql`delete from solutions where id = ${second}::uuid`);
    });
    await addSolutions(open, fresh, [{ slug: 'a', content: runbook('Clock skew', 'the clock drifts') }]);
    const terms = ['clock', 'disk', 'rabbit', 'queue', 'skew'];
    const [after, expected] = [await statistics(edited, terms), await statistics(fresh, terms)];
    expect(after.documents).toBe(expected.documents);
    for (const term of terms) expect(after.idf(term)).toBe(expected.idf(term));
    expect(await ask('rabbit queue disk', edited)).toEqual([]);
    expect((await ask('clock', edited))[0]).toEqual((await ask('clock', fresh))[0]);
  });

  it('finds by meaning with an embedder, and by words alone while it is away', async () => {
    const workspace = await addWorkspace(open);
    await addSolutions(open, workspace, [
      { slug: 'song', content: runbook('Melody stops', 'the song is silent') },
      { slug: 'disk', content: runbook('Disk full', 'no space') },
    ]);
    const embed = createEmbedMissing({ open, embedder: scripted(), redact: (text) => text, exactUpTo: 10 });
    expect(await embed(workspace, AbortSignal.timeout(10_000))).toBe(2);
    expect(await embed(workspace, AbortSignal.timeout(10_000))).toBe(0);
    expect(await ask('music', workspace)).toEqual([]);
    const [byMeaning] = await ask('music', workspace, scripted());
    expect(byMeaning).toMatchObject({ slug: 'song', words: [], parts: [{ name: 'meaning' }] });
    expect(await ask('disk full', workspace, scripted(true))).toEqual(await ask('disk full', workspace));
    const [both] = await ask('disk full', workspace, scripted());
    expect(both?.similarity).toBeGreaterThan((await ask('disk full', workspace))[0]?.similarity ?? 1);
  });

  it('embeds an edited solution again', async () => {
    const workspace = await addWorkspace(open);
    const [id] = await addSolutions(open, workspace, [
      { slug: 'a', content: runbook('Disk full', 'no space') },
    ]);
    const embed = createEmbedMissing({ open, embedder: scripted(), redact: (text) => text, exactUpTo: 10 });
    await embed(workspace, AbortSignal.timeout(10_000));
    await inScope(open, workspace, (scope) =>
      createSearchIndex(scope).put([{ id: id as SolutionId, content: runbook('Disk is full', 'none') }]),
    );
    expect(await embed(workspace, AbortSignal.timeout(10_000))).toBe(1);
  });

  it('reaches postings and documents by their index as the application role', async () => {
    const workspace = await addWorkspace(open);
    await inScope(open, workspace, async ({ executor }) => {
      await executor.execute(sql`
        with solution as (
          insert into solutions (id, workspace_id, slug, kind, origin)
          select gen_random_uuid(), ${workspace}::uuid, 'many-' || n, 'runbook', '' from generate_series(1, 3000) n
          returning id
        ), version as (
          insert into solution_versions (id, workspace_id, solution_id, version, author, source, state, text, content)
          select gen_random_uuid(), ${workspace}::uuid, id, 1, '', 'import', 'active', '', '{}' from solution
        )
        insert into search_documents
          (workspace_id, solution_id, number, analysis, stems, title_length, lead_length, trouble, alert_names,
            kind, os, application, environment, service, host_group, content_hash)
        select ${workspace}::uuid, id, row_number() over (), 1, 'disk full', 1, 1, 1, '{}',
          'runbook', '{}', '{}', '{}', '{}', '{}', '' from solution`);
      await executor.execute(sql`
        insert into search_postings (workspace_id, term, block, postings)
        select ${workspace}::uuid, 'word' || n, 0, '\\x00000000' from generate_series(1, 3000) n`);
    });
    await analyse(open);
    const explain = (statement: SQL) =>
      inScope(open, workspace, async ({ executor }) => {
        const role = await readRows<{ role: string }>(executor, sql`select current_user as role`);
        expect(role[0]?.role).toBe('recourse_app');
        const plan = await readRows<Record<string, string>>(executor, sql`explain ${statement}`);
        return plan.map((row) => Object.values(row)[0]).join('\n');
      });
    const postings = await explain(postingsStatement(['word1', 'word7', 'word99']));
    expect(postings).toMatch(/Index Cond: .*term = ANY/);
    expect(postings).not.toMatch(/Seq Scan/);
    const documents = await explain(documentsStatement([7, 8, 9], sql`true`, 2));
    expect(documents).toMatch(/Index Cond: .*number = ANY/);
    expect(documents).not.toMatch(/Seq Scan on search_documents/);
  });

  it('refuses to lose a solution whose postings would stay', async () => {
    const workspace = await addWorkspace(open);
    const [id] = await addSolutions(open, workspace, [
      { slug: 'a', content: runbook('Disk full', 'no space') },
    ]);
    const remove = () =>
      inScope(open, workspace, async ({ executor }) => {
        await executor.execute(sql`delete from solution_versions where solution_id = ${id}::uuid`);
        await executor.execute(sql`delete from solutions where id = ${id}::uuid`);
      });
    await expect(remove()).rejects.toThrow();
    await inScope(open, workspace, (scope) => createSearchIndex(scope).remove([id as SolutionId]));
    await remove();
    expect(await ask('disk full', workspace)).toEqual([]);
  });

  it('indexes what an earlier program left out, a few at a time', async () => {
    const workspace = await addWorkspace(open);
    const ids = await addSolutions(open, workspace, [
      { slug: 'a', content: runbook('Disk full', 'no space') },
      { slug: 'b', content: runbook('Clock skew', 'the clock drifts') },
    ]);
    await inScope(open, workspace, (scope) => createSearchIndex(scope).remove(ids));
    expect(await ask('disk full', workspace)).toEqual([]);
    await inScope(open, workspace, async (scope) => {
      const index = createSearchIndex(scope);
      expect([await index.putMissing(1), await index.putMissing(5), await index.putMissing(5)]).toEqual([
        1, 1, 0,
      ]);
    });
    expect((await ask('disk full', workspace))[0]?.slug).toBe('a');
  });
}

describe('search on the embedded database', () => suite(() => openInMemory()));

describeWithPeer('postgres', 'search on a PostgreSQL server', (url) => {
  const name = `search_${process.pid}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  afterAll(async () => {
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
  });
  suite(async () => {
    await admin`create database ${admin(name)}`;
    return openServer(Object.assign(new URL(url), { pathname: `/${name}` }).href);
  });
});
