import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { holdChannel } from '#test/support/hold-channel.ts';
import { addStory, proposeSome } from '#test/support/rows.ts';
import { someRate } from '#test/support/solutions.ts';

describeOnBothEngines('the overview store', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('playground', db.ids.nonce(), 'Own')).id;
  });
  const everywhere = { hidden: [], channels: ['incidents'] };
  const within = <T>(work: (transaction: Transaction) => Promise<T>) => db.unitOfWork.within(workspace, work);

  it('lists what waits, soonest first, with who decided, and nothing that is over', async () => {
    const { person, over } = await within(async (transaction) => {
      const story = await addStory(transaction, db.ids);
      const late = await proposeSome(transaction, db.ids, story.run, { title: 'late', lifeMs: 90_000 });
      await proposeSome(transaction, db.ids, story.run, { title: 'soon', position: 1 });
      await proposeSome(transaction, db.ids, story.run, { title: 'expired', position: 2, lifeMs: -1 });
      const { id: stepId } = late;
      const decided = { stepId, personId: story.person.id, decision: 'approved', binding: 'b' } as const;
      await transaction.runs.recordApproval(decided);
      return { person: story.person, over: story.run };
    });
    const waiting = await within(({ overview }) => overview.pendingApprovals(5, everywhere));
    expect(waiting).toMatchObject([
      { title: 'soon', decidedBy: [] },
      { title: 'late', decidedBy: [person.id], group: null, requester: person.name, thread: 'story' },
    ]);
    expect(waiting[1]?.hosts.map(({ name }) => name)).toEqual(['web-01']);
    await within(({ runs }) => runs.close(over.id, 'stopped'));
    expect(await within(({ overview }) => overview.pendingApprovals(5, everywhere))).toEqual([]);
  });

  it('lists what goes on in the named channels alone, and which those are', async () => {
    await within(async (transaction) => {
      const story = await addStory(transaction, db.ids);
      await proposeSome(transaction, db.ids, story.run, { title: 'waits' });
    });
    const elsewhere = { hidden: [], channels: ['else"where', 'a,b'] };
    const [lines, none] = await within(async ({ overview }) => [
      [await overview.recentRuns(5, everywhere), await overview.pendingApprovals(5, everywhere)],
      [await overview.recentRuns(5, elsewhere), await overview.pendingApprovals(5, elsewhere)],
    ]);
    expect(lines).toMatchObject([[{ channel: 'incidents' }], [{ title: 'waits', channel: 'incidents' }]]);
    expect(none).toEqual([[], []]);
    expect(await within(({ overview }) => overview.busyChannels(5))).toEqual(['incidents']);
  });

  it('tells what works and what fails once it was tried often enough', async () => {
    const good = await within(async (transaction) => {
      const [good, bad, rare] = [
        await addStory(transaction, db.ids, 'good'),
        await addStory(transaction, db.ids, 'bad'),
        await addStory(transaction, db.ids, 'rare'),
      ];
      const rate = (worked: number, tried: number) => someRate({ worked, tried, success: worked / tried });
      await transaction.signals.saveFold(
        new Map([
          [good.solutionId, rate(3, 4)],
          [bad.solutionId, rate(1, 4)],
          [rare.solutionId, rate(0, 1)],
        ]),
        9,
      );
      return good.solutionId;
    });
    const titles = (which: 'top' | 'failing', hidden: readonly SolutionId[] = []) =>
      within(async ({ overview }) =>
        (await overview.rated(which, { leastTried: 3, hidden }, 5)).map(({ title }) => title),
      );
    expect(await titles('top')).toEqual(['good']);
    expect(await titles('failing')).toEqual(['bad']);
    expect(await titles('top', [good])).toEqual([]);
  });

  it('hands an opening out once, and not before its message was sent', async () => {
    const postId = db.ids.next<Parameters<Transaction['openings']['add']>[0]>();
    const place = { workspace, channel: 'c', thread: null };
    const speaker = { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] } as const;
    await within(async ({ outbox, openings }) => {
      await outbox.post(postId, place, { summary: 's', tone: 'plain', blocks: [] }, 'answer');
      await openings.add(postId, { kind: 'command-given', place, speaker, text: 'x' });
    });
    const take = () => within(({ openings }) => openings.takeOpened(5));
    expect(await take()).toEqual([]);
    const held = await holdChannel(db, workspace, 'c');
    await within(({ outbox }) => outbox.sent(held, postId, 1, 'm-1'));
    expect(await take()).toMatchObject([{ postId, thread: 'm-1', intent: { text: 'x' } }]);
    expect(await take()).toEqual([]);
  });

  it('reads lists from indexes, however much there is', async () => {
    await within((transaction) => addStory(transaction, db.ids));
    await inWorkspace(db.open.database, workspace, async (executor) => {
      await executor.execute(sql`
        insert into incidents (id, workspace_id, channel, thread, problem, state, context, opened_by, opened_at)
        select gen_random_uuid(), workspace_id, 'c', n::text, 'p', 'resolved', '{}', opened_by, now() - n * interval '1 minute'
        from incidents, generate_series(1, 20000) n`);
      await executor.execute(sql`
        insert into runs (id, workspace_id, incident_id, recommendation_id, solution_id, version_id, requested_by, started_by,
          parameters, state, started_at)
        select gen_random_uuid(), workspace_id, incident_id, recommendation_id, solution_id, version_id, requested_by, started_by,
          '{}', 'finished', now() - n * interval '1 minute'
        from runs, generate_series(1, 20000) n`);
    });
    await db.open.database.execute(sql`analyze`);
    const plan = (statement: ReturnType<typeof sql>) =>
      inWorkspace(db.open.database, workspace, async (executor) =>
        JSON.stringify(await readRows(executor, sql`explain ${statement}`)),
      );
    expect(await plan(sql`select * from runs order by started_at desc limit 5`)).toContain('runs_started');
    const mine = sql`select * from incidents i where i.state in ('open', 'mitigated')
      and i.opened_by = ${db.ids.next()} order by i.opened_at desc limit 5`;
    expect(await plan(mine)).toContain('incidents_open');
    expect(
      await plan(sql`select * from incidents where opened_at > now() - interval '7 days'
      order by opened_at desc limit 5`),
    ).toContain('incidents_newest');
  });
});
