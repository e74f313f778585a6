import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { actionOf, createOwnBot, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { commandsOf, startRun, textOf } from '#test/support/run-story.ts';

describeOnEmbedded('previewing a run', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    db.jobs.length = 0;
  });

  const check = { section: 'Check', command: 'df -h' };
  const steps = [
    check,
    { section: 'Fix', command: 'rm -r /srv/old' },
    { section: 'Rollback', command: 'systemctl restart nginx' },
  ];

  it('shows one person every command with its host, risk and approvals, and touches nothing', async () => {
    const run = await startRun(bot, steps);
    const before = await bot.replies(run.thread);
    const received = await bot.press('vic', run.thread, actionOf(await run.card(), 'preview'));
    if (received.kind !== 'shown') throw new Error(received.kind);
    expect(commandsOf(received.reply)).toEqual(['df -h', 'rm -r /srv/old', 'systemctl restart nginx']);
    for (const said of [
      'On demo-web-01. read-only',
      'Needs a responder.',
      'On demo-web-01. destructive',
      'Needs 2 approvers.',
      'Rollback 1 of 1',
      'Nothing of this has run',
    ])
      expect(textOf(received.reply)).toContain(said);
    expect(await bot.replies(run.thread)).toEqual(before);
    expect(db.jobs).toEqual([]);
  });

  it('opens no connection, reads no secret and changes no row', async () => {
    const attributes = { env: { DB_PASSWORD: { secret: 'runbooks/db' } } };
    const run = await startRun(bot, [{ ...check, attributes }, ...steps]);
    const preview = actionOf(await run.card(), 'preview');
    const never = () => {
      throw new Error('a preview touches nothing');
    };
    Object.assign(bot.core, { shell: { connect: never, close: never }, secrets: { get: never } });
    const before = await contents(db);
    const received = await bot.press('rae', run.thread, preview);
    expect(textOf(received.kind === 'shown' ? received.reply : undefined)).toContain('secret runbooks/db');
    expect(await contents(db)).toEqual(before);
  });

  it('is not for whom the policy does not show the runbook', async () => {
    const run = await startRun(bot, steps);
    const preview = actionOf(await run.card(), 'preview');
    const rules = [{ name: 'hidden', scope: {}, terms: { see: 'approver' } }] as const;
    const settings = { ...bot.core.settings, policy: { ...bot.core.settings.policy, rules } };
    const strict = await createTestBot(db, undefined, { in: bot.workspace, settings });
    const shownTo = async (who: 'vic' | 'ada') => {
      const received = await strict.press(who, run.thread, preview);
      return received.kind === 'shown' ? commandsOf(received.reply) : [];
    };
    expect(await shownTo('vic')).toEqual([]);
    expect(await shownTo('ada')).toHaveLength(3);
  });

  it('says of a step why it could not be proposed', async () => {
    const run = await startRun(bot, steps);
    const preview = actionOf(await run.card(), 'preview');
    await bot.within(({ hosts }) => hosts.sync([]));
    const received = await bot.press('rae', run.thread, preview);
    expect(textOf(received.kind === 'shown' ? received.reply : undefined)).toContain(
      'Could not be proposed: The host of step s1 left the inventory.',
    );
  });

  it('tells that a run is gone', async () => {
    const received = await bot.press('rae', null, { verb: 'preview', id: db.ids.next() });
    expect(textOf(received.kind === 'shown' ? received.reply : undefined)).toContain('This run is gone.');
  });
});

/** A sum over every row of every table but the one that says when somebody was last seen. */
async function contents({ open }: TestDatabase): Promise<ReadonlyMap<string, string>> {
  const tables = await readRows<{ name: string }>(
    open.database,
    sql`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_name <> 'people' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const sums = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await readRows<{ sum: string }>(
      open.database,
      sql`select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${sql.raw(name)} t`,
    );
    sums.set(name, row?.sum ?? '');
  }
  return sums;
}
