import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { decideUnusedNamed } from '#application/decide-unused.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import {
  actionOf,
  createOwnBot,
  createTestBot,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const steps = [{ section: 'Check', command: 'df -h' }];
const days = defaultFoldSettings.retireAfterDays;

describeOnEmbedded('a solution that nobody has used for long', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    await bot.load({ slug: 'relay', text: runbookSource('Warbler relay is stuck', steps) });
    await bot.load({ slug: 'spare', text: runbookSource('Condenser overheats', steps) });
  });

  /** Lets so many days pass for everything that is there. */
  const age = async (by: number): Promise<void> => {
    const earlier = sql`make_interval(days => ${by}::int)`;
    const own = sql`workspace_id = ${bot.workspace}`;
    for (const [table, column] of [
      ['solutions', 'created_at'],
      ['solution_versions', 'created_at'],
      ['solution_versions', 'revived_at'],
      ['recommendations', 'created_at'],
      ['folds', 'folded_at'],
    ] as const) {
      const name = sql.identifier(column);
      await db.open.database.execute(
        sql`update ${sql.identifier(table)} set ${name} = ${name} - ${earlier} where ${own}`,
      );
    }
  };
  const fold = async () => {
    const folded = await createFoldWorkspace(bot.core)(bot.workspace);
    return folded === 'busy' ? folded : folded.unused;
  };
  const ask = async (text: string) => (await bot.replies(await bot.say('rae', text)))[0];
  const unused = async () =>
    (await bot.within(({ solutions }) => solutions.unused(10, days))).map(({ slug }) => slug);
  const listed = async () => {
    const received = await bot.slash('ada', 'review');
    return received.kind === 'shown' ? received.reply : undefined;
  };
  const events = () =>
    bot.within(async ({ audit }) => (await audit.after(0, 1000)).map(({ event }) => event));
  const ownersIn = async (channel: string) => {
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    const place = { platform: 'playground', workspace: own?.externalId ?? '', channel } as const;
    const owners = { ...bot.core.settings.owners, channels: [place] };
    bot = await createTestBot(db, undefined, {
      in: bot.workspace,
      settings: { ...bot.core.settings, owners },
    });
  };

  it('waits once it is so long; what is only shown is not used', async () => {
    await age(days - 2);
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.press('rae', thread, { verb: 'worked', id: use.id });
    await ask('Condenser overheats');
    await fold();
    expect(await unused()).toEqual([]);
    await age(3);
    expect(await unused()).toEqual(['spare']);
    expect((await listed())?.summary).toBe('No versions wait for a review, 1 not used for long');
    expect(textOf(await ask('Condenser overheats'))).toContain('stale: not used for');
  });

  it('is kept by whoever may, and is not asked about before it was unused as long again', async () => {
    await age(days + 1);
    const action = actionOf(await listed(), 'keep');
    await bot.press('rae', null, action);
    expect((await bot.toldIn('incidents', 'rae')).at(-1)).toContain('needs the role of an approver');
    expect(await unused()).toHaveLength(2);
    await Promise.all([bot.press('ada', null, action), bot.press('ben', null, action)]);
    expect((await events()).filter((event) => event === 'solution.kept')).toHaveLength(1);
    expect(await unused()).toHaveLength(1);
    await age(days - 1);
    expect(await unused()).toHaveLength(1);
    await age(2);
    expect(await unused()).toHaveLength(2);
  });

  it('is out of the search once it is retired, with a reason, and stays so when its file is read again', async () => {
    await age(days + 1);
    const action = { ...actionOf(await listed(), 'retire'), id: await versionOf('relay') };
    const form = await bot.press('rae', null, action);
    expect(form).toMatchObject({ kind: 'form', form: { title: 'Retire' } });
    expect(await bot.submit('ada', null, action, { notes: ' ' })).toMatchObject({ kind: 'invalid' });
    await bot.submit('rae', null, action, { notes: 'mine' });
    expect((await bot.toldIn('incidents', 'rae')).at(-1)).toContain('needs the role of an approver');
    await bot.submit('ada', null, action, { notes: 'nobody has this relay any more' });
    expect(await unused()).toEqual(['spare']);
    expect(textOf(await ask('Warbler relay is stuck'))).toContain('No good match');
    await bot.load({ slug: 'relay', text: runbookSource('Warbler relay is stuck', steps) });
    expect(textOf(await ask('Warbler relay is stuck'))).toContain('No good match');
    expect(await events()).toContain('solution.retired');
  });

  it('is not retired by an old button once somebody has used it', async () => {
    await age(days + 1);
    const action = { ...actionOf(await listed(), 'retire'), id: await versionOf('relay') };
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.press('rae', thread, { verb: 'worked', id: use.id });
    await fold();
    await bot.submit('ada', null, action, { notes: 'gone' });
    expect((await bot.toldIn('incidents', 'ada')).at(-1)).toContain('it was used since');
    const byShell = (slug: string, decision: 'kept' | 'retired') =>
      bot.within((one) => decideUnusedNamed(bot.core, one, slug, 'shell', { decision, notes: '' }));
    expect(await byShell('relay', 'retired')).toBe(false);
    expect(await byShell('spare', 'retired')).toBe(true);
    expect(await byShell('spare', 'kept')).toBe(false);
    expect(await unused()).toEqual([]);
  });

  it('is told to the owners once, in one message', async () => {
    await ownersIn('owners');
    await age(days - 1);
    expect(await fold()).toEqual([]);
    await age(2);
    expect(await fold()).toEqual(['relay', 'spare']);
    expect(await fold()).toEqual([]);
    await bot.settle();
    const posts = await db.conversationLog.channel(bot.workspace, 'owners', 5);
    expect(posts).toHaveLength(1);
    expect(JSON.stringify(posts)).toMatch(/2 solutions were not used for long.*Condenser overheats/);
  });

  const versionOf = async (slug: string) =>
    (await bot.within(({ solutions }) => solutions.named(slug)))?.versionId ?? '';
});
