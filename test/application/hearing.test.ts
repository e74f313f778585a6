import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessagePosted } from '#domain/intent.ts';
import { createTestBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { textOf } from '#test/support/run-story.ts';

const problem = 'disk is full on web-01';

describeOnEmbedded('hearing in channels', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  const startBot = async (listening: TestBot['core']['settings']['listening'] = 'invited') => {
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
    const { settings } = await createTestBot(db, undefined, { in: id }).then(({ core }) => core);
    bot = await createTestBot(db, undefined, { in: id, settings: { ...settings, listening } });
    const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);
    await bot.load({ slug: 'disk-full', text });
    bot.seeAs('grafana', { standing: 'bot' });
  };
  beforeEach(() => startBot());

  const setMode = async (who: string, text: string): Promise<string> =>
    textOf(await bot.command(who, 'mode', text));
  const count = async (thread: string) => (await bot.replies(thread)).length;
  const say = async (who: string, text: string, changes: Partial<MessagePosted> = {}): Promise<string> => {
    const id = db.ids.nonce();
    const heard = {
      kind: 'message-posted',
      ...bot.asking(who),
      id,
      text,
      mentionsBot: false,
      at: 1,
    } as const;
    await bot.hand({ ...heard, ...changes });
    return id;
  };
  const named = (channelName: string) => ({ place: { ...bot.asking('rae').place, channelName } });

  it('is changed by an administrator, in force at once, and shown to anybody', async () => {
    expect(await count(await say('rae', problem))).toBe(1);
    expect(await setMode('max', 'mention')).toContain('Mode here: mention.');
    expect(await count(await say('rae', problem))).toBe(0);
    expect(await count(await say('rae', problem, { mentionsBot: true }))).toBe(1);
    expect(await setMode('vic', '')).toContain('Mode here: mention.');
    expect(await setMode('max', 'default')).toContain('Mode here: suggest (the default).');
    expect(await count(await say('rae', problem))).toBe(1);
  });

  it('is not for anybody else to change', async () => {
    for (const who of ['vic', 'rae', 'ada'])
      expect(await setMode(who, 'off')).toContain('needs the role admin');
    expect(await setMode('vic', 'loud')).toContain('Write it as');
    expect(await setMode('vic', '')).toContain('suggest (the default)');
  });

  it('answers nothing where it is off, and tells whoever mentions it', async () => {
    await setMode('max', 'off');
    const silent = await say('rae', problem);
    const asked = await say('rae', problem, { mentionsBot: true });
    expect([await count(silent), await count(asked)]).toEqual([0, 0]);
    const notices = await bot.toldIn('incidents', 'rae');
    expect(notices).toEqual([expect.stringContaining('I am off in this channel')]);
  });

  it('suggests nothing to people in quiet hours, but answers mentions and alerts', async () => {
    expect(await setMode('max', 'quiet 22:00-07:00 UTC')).toContain('Quiet from 22:00 to 07:00 (UTC)');
    const at = Date.UTC(2026, 10, 25, 23);
    expect(await count(await say('rae', problem, { at }))).toBe(0);
    expect(await count(await say('rae', problem, { at, mentionsBot: true }))).toBe(1);
    expect(await count(await say('grafana', problem, { at }))).toBe(1);
    expect(await count(await say('rae', problem, { at: Date.UTC(2026, 10, 25, 12) }))).toBe(1);
    expect(await setMode('max', 'quiet off')).toContain('No quiet hours');
  });

  it('listens where the name fits, and answers mentions elsewhere', async () => {
    await startBot(['inc-*']);
    expect(await count(await say('rae', problem, named('inc-42')))).toBe(1);
    expect(await count(await say('rae', problem, named('random')))).toBe(0);
    expect(await count(await say('rae', problem))).toBe(0);
    expect(await count(await say('rae', problem, { mentionsBot: true, ...named('random') }))).toBe(1);
    await setMode('max', 'suggest');
    expect(await count(await say('rae', problem, named('random')))).toBe(1);
  });

  it('answers whatever is said to it alone', async () => {
    const place = { ...bot.asking('rae').place, channel: 'dm', direct: true };
    await startBot(['inc-*']);
    const thread = await say('rae', 'hello', { place: { ...place, workspace: bot.workspace } });
    expect((await bot.replies(thread))[0]?.summary).toContain('Describe a problem');
    await say('rae', problem, { place: { ...place, workspace: bot.workspace, thread } });
    expect(await count(thread)).toBe(2);
  });

  it('reads what another bot reports, once, as long as it says nothing new', async () => {
    const first = await say('grafana', '[FIRING:1] disk is full on web-01: 91%');
    const again = await say('grafana', '[FIRING:2] disk is full on web-01: 97.5%');
    const other = await say('grafana', '[FIRING:1] disk is full on web-02: 91%');
    expect([await count(first), await count(again), await count(other)]).toEqual([1, 0, 1]);
    expect(await count(await say('rae', 'disk is full on web-01: 98%'))).toBe(1);
  });

  it('answers the same alert again after an hour', async () => {
    await say('grafana', problem);
    await db.open.database.execute(`update incidents set opened_at = opened_at - interval '61 minutes'`);
    expect(await count(await say('grafana', problem))).toBe(1);
  });

  it('stays silent when an alert is over, in its thread, and when a bot mentions it there', async () => {
    expect(await count(await say('grafana', '[RESOLVED] DiskFull on web-01, disk was full'))).toBe(0);
    const thread = await say('grafana', problem);
    const place = { ...bot.asking('rae').place, thread };
    await say('grafana', `@recourse ${problem}`, { place, mentionsBot: true });
    expect(await count(thread)).toBe(1);
  });

  it('counts no bot as a person: it may not vote, neither by reaction', async () => {
    const thread = await say('rae', problem);
    const root = await bot.thread(thread);
    const post = root.find(({ body }) => body.kind === 'reply');
    await bot.react('grafana', thread, post?.id ?? '', '👍', 'added');
    const votes = await db.open.database.execute(
      `select * from feedback where workspace_id = '${bot.workspace}'`,
    );
    expect(JSON.stringify(votes)).not.toContain('worked');
  });
});
