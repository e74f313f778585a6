import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import type { Speaker } from '#domain/intent.ts';
import type { Role, Standing } from '#domain/person.ts';
import { createOwnBot, openSandbox, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someSpeaker } from '#test/support/rows.ts';
import { startRun, textOf } from '#test/support/run-story.ts';

const fix = [{ section: 'Fix', command: 'touch here' }];

describeOnEmbedded('roles', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    bot = await createOwnBot(db, { sandbox });
  });

  const setRole = async (who: string, text: string): Promise<string> =>
    textOf(await bot.command(who, 'role', text));
  const roleOf = (who: string, channel = 'incidents', changes = {}): Promise<Role> =>
    bot.within(async ({ people }) => (await people.meet(someSpeaker(who, changes), channel)).role);
  const events = () =>
    db.open.database.execute(
      `select actor, details from audit_entries where event = 'role.set' and workspace_id = '${bot.workspace}'`,
    );

  it('gives one to a person, to a group and to a channel, and keeps who did it', async () => {
    expect(await setRole('max', 'user:uma responder')).toContain('uma has the role responder');
    expect(await setRole('max', 'group:S1 approver')).toContain('group S1');
    expect(await setRole('max', 'here responder')).toContain('channel incidents');
    expect(await roleOf('uma', 'general')).toBe('responder');
    expect(await roleOf('ulf', 'general', { groups: ['S1'] })).toBe('approver');
    expect(await roleOf('una')).toBe('responder');
    expect(await roleOf('una', 'general')).toBe('viewer');
    expect(JSON.stringify(await events())).toMatch(/max.*uma.*S1.*incidents/su);
  });

  it('takes a binding away', async () => {
    await setRole('max', 'group:S1 approver');
    expect(await setRole('max', 'group:S1 none')).toContain('gives no role any more');
    expect(await setRole('max', 'group:S1 none')).toContain('gave no role');
    expect(await roleOf('ulf', 'general', { groups: ['S1'] })).toBe('viewer');
  });

  it('knows an id without a kind by the people whom it met', async () => {
    await roleOf('ulf', 'general', { groups: ['S7'] });
    expect(await setRole('max', 'S7 approver')).toContain('group S7');
    expect(await setRole('max', 'ulf admin')).toContain('ulf has the role admin');
    expect(await setRole('max', 'S8 approver')).toContain('Nobody here is known as S8');
  });

  it.each(['vic', 'rae', 'ada'])('is not for %s to give', async (who) => {
    expect(await setRole(who, `user:${who} admin`)).toContain('needs the role admin');
    expect(await roleOf(who)).not.toBe('admin');
    expect(JSON.stringify(await events())).not.toContain('role');
  });

  it('is not for an administrator who is a guest now', async () => {
    bot.seeAs('max', { standing: 'guest' });
    expect(await setRole('max', 'user:uma admin')).toContain('needs the role admin');
  });

  it('is shown to anybody, with what caps it', async () => {
    await setRole('max', 'group:S1 approver');
    expect(await setRole('vic', '')).toMatch(/Your role here is viewer.*S1/su);
    bot.seeAs('ada', { standing: 'guest' });
    expect(await setRole('ada', '')).toContain('A guest is at most a responder');
  });

  it.each<Standing>(['guest', 'stranger', 'deactivated', 'bot'])(
    'lets no approver approve a change who is a %s now',
    async (standing) => {
      const run = await startRun(bot, fix);
      bot.seeAs('ada', { standing });
      await run.press('ada', 'approve');
      expect(await bot.told('ada', run.thread)).toEqual([expect.stringContaining('needs the role approver')]);
      expect((await run.newestStep()).state).toBe('proposed');
    },
  );

  it('lets no guest approve a step that only reads, at the click and after it', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'uptime' }]);
    bot.seeAs('rae', { standing: 'guest' });
    await run.press('rae', 'approve');
    expect(await bot.told('rae', run.thread)).toEqual([expect.stringContaining('Only full members')]);
    bot.seeAs('rae', { standing: 'member' });
    await run.press('rae', 'approve');
    expect((await run.newestStep()).state).toBe('approved');
    await change('rae', { standing: 'guest' });
    await bot.work();
    expect(textOf(await run.card())).toContain('lost the right');
  });

  it.each<Standing>(['stranger', 'deactivated', 'bot'])(
    'lets no %s say no either, nor vote',
    async (standing) => {
      const run = await startRun(bot, fix);
      bot.seeAs('ada', { standing });
      await run.press('ada', 'reject');
      await bot.press('ada', run.thread, { verb: 'worked', id: run.recommendation });
      expect((await run.newestStep()).state).toBe('proposed');
      const votes = await bot.within(({ recommendations }) =>
        recommendations.votes(run.recommendation as never),
      );
      expect(votes).toEqual([]);
    },
  );

  it('sends nothing when an approver was met as a guest after the click', async () => {
    const run = await startRun(bot, fix);
    await run.press('ada', 'approve');
    bot.seeAs('ada', { standing: 'guest' });
    await bot.say('ada', 'thanks');
    await bot.within(({ people }) => people.meet(someSpeaker('ada', { standing: 'guest' }), 'general'));
    await bot.work();
    expect(textOf(await run.card())).toContain('lost the right');
  });

  const change = (who: string, changes: Partial<Speaker>) =>
    bot.hand({
      kind: 'person-changed',
      place: { workspace: bot.workspace, channel: '', thread: null },
      speaker: someSpeaker(who, changes),
    });

  it('sends nothing when the account of an approver was closed after the click, without another word', async () => {
    const run = await startRun(bot, fix);
    await run.press('ada', 'approve');
    expect(await change('ada', { standing: 'deactivated' })).toEqual({ kind: 'accepted' });
    await bot.work();
    expect(textOf(await run.card())).toContain('lost the right');
  });

  it('sends nothing when an approver has left the group after the click', async () => {
    await setRole('max', 'group:S1 approver');
    bot.seeAs('vic', { groups: ['S1'] });
    const run = await startRun(bot, fix);
    await run.press('vic', 'approve');
    await change('vic', { groups: ['S2'] });
    await bot.work();
    expect(textOf(await run.card())).toContain('lost the right');
  });

  it('lets no older word of somebody undo what was learnt since', async () => {
    await roleOf('ada');
    const before = Date.now();
    await change('ada', { standing: 'deactivated' });
    expect(await roleOf('ada', 'incidents', { asOf: before - 1000 })).toBe('viewer');
    await change('ada', { asOf: before - 1000 });
    expect(await roleOf('ada', 'incidents', { asOf: before - 1000 })).toBe('viewer');
    expect(await roleOf('ada')).toBe('approver');
  });

  it('keeps nothing of somebody who was never met', async () => {
    await change('uma', { groups: ['S9'] });
    expect(await bot.within(({ people }) => people.knows('uma'))).toBe(false);
    expect(await bot.within(({ people }) => people.knowsGroup('S9'))).toBe(false);
  });

  it('sends nothing when the group that an approver was in is bound no more', async () => {
    await setRole('max', 'group:S1 approver');
    bot.seeAs('vic', { groups: ['S1'] });
    const run = await startRun(bot, fix);
    await run.press('vic', 'approve');
    expect((await run.newestStep()).state).toBe('approved');
    await setRole('max', 'group:S1 none');
    await bot.work();
    expect(textOf(await run.card())).toContain('lost the right');
  });

  it('runs what somebody approved who is an approver through the channel', async () => {
    await setRole('max', 'here approver');
    const run = await startRun(bot, [{ section: 'Fix', command: 'true' }]);
    const { id } = await run.newestStep();
    await run.approve('vic');
    expect(await run.stateOf(id)).toBe('succeeded');
  });
});
