import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createIndexMissing } from '#application/index-missing.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { RecommendationId, SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import { createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someSpeaker, someVersion } from '#test/support/rows.ts';
import { somePastCase, someRunbook } from '#test/support/solutions.ts';

describeOnBothEngines('learning from use', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  interface Team {
    readonly bot: TestBot;
    readonly workspace: WorkspaceId;
    /** The best slug for a text, with why. */
    readonly ask: (
      text: string,
    ) => Promise<{ readonly slug: string | undefined; readonly learnt: readonly string[] }>;
    /** An incident for which the solution was shown, and chosen when told so. */
    readonly use: (
      problem: string,
      slug: string,
      chosen?: boolean,
    ) => Promise<(verdict: Verdict) => Promise<void>>;
    readonly fold: () => Promise<unknown>;
  }

  async function team(redact?: (text: string) => string): Promise<Team> {
    const { id: workspace } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Learning');
    const bot = await createTestBot(db, undefined, { in: workspace });
    const core = { ...bot.core, ...(redact && { redact }) };
    const versionOf = (slug: string, title: string) => ({
      ...someVersion(slug, slug),
      content: someRunbook(title, { bodyText: title }),
    });
    await createLoadSolutions(core)(workspace, [
      versionOf('ring', 'Hash ring unhealthy'),
      versionOf('disk', 'Disk filling up'),
      versionOf('queue', 'Queue backlog grows'),
    ]);
    const ask = async (text: string) => {
      const [first] = await core.search.find({ workspace, text, limit: 3 });
      if (first) expect(first.similarity).toBeGreaterThan(0);
      return { slug: first?.solution.slug, learnt: first?.reasons.learnt ?? [] };
    };
    const use = async (problem: string, slug: string, chosen = false) => {
      const id = db.ids.next<RecommendationId>();
      const person = await db.unitOfWork.within(
        workspace,
        async ({ people, incidents, recommendations, solutions }) => {
          const solution = (await solutions.all()).find((one) => one.slug === slug);
          if (!solution) throw new Error(`no ${slug}`);
          const { id: personId } = await people.meet(someSpeaker('rae'), 'c');
          const incident = await incidents.open({
            channel: 'c',
            thread: db.ids.nonce(),
            problem,
            context: {},
            openedBy: personId,
          });
          const score = { confidence: 1, similarity: 1, success: 1, context: 1 };
          await recommendations.add([
            {
              id,
              incidentId: incident.id,
              solutionId: solution.id,
              versionId: solution.versionId,
              rank: 1,
              ...score,
              why: [],
              state: 'shown',
              postId: db.ids.next(),
              verdictPostId: null,
            },
          ]);
          if (chosen) await recommendations.choose(id);
          return personId;
        },
      );
      return (verdict: Verdict) =>
        db.unitOfWork.within(workspace, ({ recommendations }) => recommendations.vote(id, person, verdict));
    };
    return { bot, workspace, ask, use, fold: () => createFoldWorkspace(core)(workspace) };
  }

  it('finds a solution by the words of an incident that it resolved, and says so', async () => {
    const { ask, use, fold } = await team();
    const text = 'warblers flummox each other and nobody snorkels';
    expect((await ask(text)).slug).toBeUndefined();
    const vote = await use('ingesters flummox, warblers never snorkel', 'ring');
    await fold();
    expect((await ask(text)).slug).toBeUndefined();
    await vote('worked');
    await fold();
    expect(await ask(text)).toEqual({ slug: 'ring', learnt: ['warblers', 'flummox', 'snorkels'] });
  });

  it('forgets it when the vote is changed, and another fold changes nothing', async () => {
    const { ask, use, fold } = await team();
    const vote = await use('ingesters flummox, warblers never snorkel', 'ring');
    await vote('worked');
    await fold();
    const before = await ask('warblers flummox');
    expect(before.slug).toBe('ring');
    await fold();
    expect(await ask('warblers flummox')).toEqual(before);
    await vote('failed');
    await fold();
    expect((await ask('warblers flummox')).slug).toBeUndefined();
  });

  /** Where the rows of what was learnt stand: a row that is written anew stands elsewhere. */
  const rowsOf = async ({ workspace }: Team) => {
    const rows = await inWorkspace(db.open.database, workspace, (executor) =>
      readRows<{ row: string }>(
        executor,
        sql`select concat_ws(' ', 'use', solution_id, source, ctid, xmin) as row from search_uses
          union all select concat_ws(' ', 'term', solution_id, term, ctid, xmin) from search_use_terms`,
      ),
    );
    return new Set(rows.map(({ row }) => row));
  };

  it('writes in another fold only what changed since the last one', async () => {
    const mine = await team();
    const vote = await mine.use('ingesters flummox, warblers never snorkel', 'ring');
    await vote('worked');
    await (await mine.use('ingesters flummox, petrels squawk', 'ring'))('worked');
    await (await mine.use('petrels squawk at dawn', 'disk'))('worked');
    await mine.fold();
    const before = await rowsOf(mine);
    expect(before.size).toBeGreaterThan(10);
    await mine.fold();
    expect(await rowsOf(mine)).toEqual(before);
    await vote('failed');
    await mine.fold();
    const after = await rowsOf(mine);
    expect([...after].filter((row) => !before.has(row))).toEqual([]);
    const gone = [...before].filter((row) => !after.has(row));
    expect(gone.map((row) => row.split(' ')[0]).sort()).toEqual(['term', 'term', 'term', 'use']);
    expect((await mine.ask('warblers snorkel')).slug).toBeUndefined();
    expect((await mine.ask('ingesters flummox')).slug).toBe('ring');
  });

  it('learns less from what was only picked, and nothing from what was voted down', async () => {
    const { ask, use, fold } = await team();
    await use('flummox squall among warblers', 'disk', true);
    await (await use('flummox squall among warblers', 'ring'))('worked');
    await (await use('flummox squall among warblers', 'queue', true))('failed');
    await fold();
    expect((await ask('flummox squall')).slug).toBe('ring');
  });

  it('never learns what is a secret by now', async () => {
    const { ask, use, fold } = await team((text) => text.replaceAll('hunter2hunter2', '[redacted]'));
    await (await use('flummox with hunter2hunter2 fails', 'ring'))('worked');
    await fold();
    expect((await ask('flummox')).slug).toBe('ring');
    expect((await ask('hunter2hunter2')).slug).toBeUndefined();
  });

  it('keeps what was learnt in its own workspace, and through an edit of the solution', async () => {
    const mine = await team();
    const theirs = await team();
    await (await mine.use('warblers flummox', 'ring'))('worked');
    await mine.fold();
    await createLoadSolutions(mine.bot.core)(mine.workspace, [
      { ...someVersion('ring', 'newer'), content: somePastCase('Hash ring, again') },
    ]);
    expect((await mine.ask('flummox')).slug).toBe('ring');
    expect((await theirs.ask('flummox')).slug).toBeUndefined();
  });

  it('indexes in the background what is in force and not in the index', async () => {
    const { bot, workspace, ask } = await team();
    const ids = await db.unitOfWork.within(workspace, async ({ solutions, searchIndex }) => {
      const all = (await solutions.all()).map(({ id }): SolutionId => id);
      await searchIndex.remove(all);
      return all;
    });
    expect(ids).toHaveLength(3);
    expect((await ask('disk filling up')).slug).toBeUndefined();
    const indexMissing = createIndexMissing(bot.core);
    expect(await indexMissing(workspace)).toBe(true);
    expect(await indexMissing(workspace)).toBe(false);
    expect((await ask('disk filling up')).slug).toBe('disk');
  });
});
