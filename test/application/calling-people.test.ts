import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createDeliverPosts } from '#application/deliver-posts.ts';
import { createSweep } from '#application/sweep.ts';
import { Fault } from '#domain/fault.ts';
import type { Reply } from '#domain/reply.ts';
import { actionOf, buttonsOf, type TestBot } from '#test/support/application.ts';
import { createCallingBot, level } from '#test/support/call-people.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { textOf as textOfReply } from '#test/support/playground-client.ts';
import { someSpeaker } from '#test/support/rows.ts';
import { alertBegin, minuteMs, someAlert } from '#test/support/some-alert.ts';
import { createStrictChat } from '#test/support/strict-chat.ts';

describeOnBothEngines('alerts that nobody acts on', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let calling: Awaited<ReturnType<typeof createCallingBot>>;
  beforeAll(async () => {
    db = await open();
  });
  const begin = async (...levels: Parameters<typeof createCallingBot>[1]) => {
    calling = await createCallingBot(db, levels);
    bot = calling.bot;
  };
  beforeEach(() => begin(level(['rae']), level(['ada'], 'leads'), level(['ben', 'max'])));

  const fires = (at = 0, changes = {}) => someAlert({ at, severity: 'critical', ...changes });
  const ends = (at: number, after: number, changes = {}) =>
    someAlert({ at, state: 'resolved', changedAt: alertBegin + (at + after) * minuteMs, ...changes });
  const opens = async (...given: Parameters<typeof fires>) => {
    await handAlerts(bot, fires(...given));
    return bot.opened();
  };
  const textOf = (reply: Reply | undefined) => (reply ? textOfReply(reply) : '');
  const onCard = async (root: string) => textOf((await bot.replies(root))[0]);
  const twoReplicas = async () => {
    const sweep = createSweep(bot.core);
    await Promise.all([sweep(bot.workspace), sweep(bot.workspace)]);
    await bot.settle();
  };
  const cards = async (root: string) =>
    (await bot.replies(root)).filter(({ summary }) => /acted|called|run for/i.test(summary));

  it('call one person after the other, in the thread and elsewhere, each once', async () => {
    const root = await opens();
    await calling.sweep();
    expect(await calling.called(root)).toEqual([]);
    expect(await onCard(root)).toMatch(/Calls:? ?rae at .* UTC unless somebody acts/);
    await calling.bringForward();
    await twoReplicas();
    expect(await calling.called(root)).toEqual(['rae']);
    expect(await onCard(root)).toMatch(/Calls:? ?ada in another channel at .* unless somebody acts/);
    const first = (await bot.replies(root)).at(-1);
    expect(first?.summary).toMatch(/^Nobody has acted on DiskFull for /);
    expect(textOf(first)).toContain('rae please look at it here');
    expect(textOf(first)).toContain('If nobody acts: in 60 min ada in another channel');

    await calling.bringForward();
    await twoReplicas();
    expect(await calling.called(root)).toEqual(['rae']);
    expect((await calling.said(root)).at(-1)).toContain('it is told in another channel');
    const elsewhere = await bot.toldEverybodyIn('leads');
    expect(elsewhere).toMatchObject([{ calls: ['ada'] }]);
    expect(textOf(elsewhere[0])).toContain('ada please look at it in its thread');

    await calling.pass();
    expect(await calling.called(root)).toEqual(['rae', 'ben', 'max']);
    expect(textOf((await bot.replies(root)).at(-1))).toContain('Nobody else is called after this.');
    expect(await onCard(root)).toMatch(/Calls:? ?nobody else, all were called/);
    const count = (await calling.said(root)).length;
    await calling.pass();
    expect(await calling.said(root)).toHaveLength(count);
    const entries = await bot.within(({ audit }) => audit.after(0, 100));
    expect(
      entries.filter(({ event }) => event === 'alerts.escalated').map(({ details }) => details.level),
    ).toEqual([1, 2, 3]);
  });

  it('call nobody any more once a responder writes in the thread, which stands on the card', async () => {
    const root = await opens();
    await calling.pass();
    await bot.say('vic', 'what is this?', { thread: root });
    expect(buttonsOf((await bot.replies(root)).at(-1))).toHaveLength(1);
    await bot.say('rae', 'looking', { thread: root });
    expect(await onCard(root)).toMatch(/Calls:? ?nobody: rae is on it/);
    const [card] = await cards(root);
    expect(card?.summary).toMatch(/rae is on it\.$/);
    expect(buttonsOf(card)).toEqual([]);
    expect(textOf(card)).not.toContain('If nobody acts');
    await calling.pass();
    expect(await calling.called(root)).toEqual([]);
    expect(await bot.toldEverybodyIn('leads')).toEqual([]);
  });

  it.each([
    ['a button of the card of the alerts', (root: string) => press('rae', root, 'real', 0)],
    ['a button of the answer, which opens a form', (root: string) => press('rae', root, 'use', 1)],
    ['a reaction to the card', (root: string) => bot.react('rae', root, root, 'eyes', 'added')],
    ['a command in the thread', (root: string) => bot.slash('rae', 'status', { thread: root })],
  ])('call nobody after %s', async (_, act) => {
    const root = await opens();
    await act(root);
    const count = (await calling.said(root)).length;
    await calling.pass();
    expect((await calling.said(root)).slice(count)).toEqual([]);
  });
  const press = async (who: string, root: string, verb: 'real' | 'use' | 'noise' | 'take', index: number) =>
    bot.press(who, root, actionOf((await bot.replies(root)).at(index), verb));

  it('are taken over with "I’m on it" by responders alone', async () => {
    const root = await opens();
    await calling.pass();
    await press('vic', root, 'take', -1);
    expect(await bot.told('vic', root)).toEqual([expect.stringContaining('needs the role responder')]);
    await press('ada', root, 'take', -1);
    expect((await cards(root)).at(-1)?.summary).toMatch(/ada is on it\.$/);
    await calling.pass();
    expect(await bot.toldEverybodyIn('leads')).toEqual([]);
  });

  it('are answered in the other channel too, which their own thread is told', async () => {
    const root = await opens();
    await calling.pass();
    await calling.pass();
    const [there] = await db.conversationLog.channel(bot.workspace, 'leads', 10);
    // Read back after a time without a connection, as what is written there counts.
    const heard = await bot.within(({ heard }) => heard.threads(7, 10));
    expect(heard).toContainEqual({ channel: 'leads', thread: there?.message.id });
    await bot.hand({
      kind: 'message-posted',
      place: { workspace: bot.workspace, channel: 'leads', thread: there?.message.id ?? '' },
      speaker: { externalId: 'ada', name: 'ada', standing: 'member', groups: [] },
      id: 'there',
      text: 'on my way',
      mentionsBot: false,
      at: 1,
    });
    expect((await calling.said(root)).at(-1)).toBe('ada is on it.');
    expect((await bot.toldEverybodyIn('leads'))[0]?.summary).toMatch(/ada is on it\.$/);
    await calling.pass();
    expect(await calling.called(root)).toEqual([]);
  });

  it('call nobody while their sender says that somebody looks, and again when it takes that back', async () => {
    const root = await opens();
    await calling.pass();
    await handAlerts(bot, fires(0, { state: 'acknowledged', changedAt: alertBegin + minuteMs }));
    expect((await cards(root))[0]?.summary).toContain('It is acknowledged where it comes from.');
    expect(await onCard(root)).toMatch(/Calls:? ?nobody: it is acknowledged/);
    await calling.pass();
    expect(await bot.toldEverybodyIn('leads')).toEqual([]);
    await handAlerts(bot, fires(0, { severity: 'error', changedAt: alertBegin + 2 * minuteMs }));
    await calling.pass();
    expect(await calling.called(root)).toEqual(['rae']);
  });

  it('call nobody when they are over, and begin anew when they fire again', async () => {
    const root = await opens();
    await calling.pass();
    await handAlerts(bot, ends(0, 5));
    expect((await cards(root))[0]?.summary).toMatch(/It is over\.$/);
    expect(await onCard(root)).not.toContain('Calls');
    await calling.pass();
    expect(await bot.toldEverybodyIn('leads')).toEqual([]);
    await handAlerts(bot, fires(10));
    await calling.pass();
    expect(await calling.called(root)).toEqual(['rae']);
  });

  it('that flap do not escape by being over for a moment, and are over when they stay so', async () => {
    const root = await opens();
    await handAlerts(bot, ends(0, 1), fires(2), ends(2, 1), fires(4), ends(4, 1), fires(6));
    await handAlerts(bot, ends(6, 1));
    await calling.pass();
    expect(await calling.called(root)).toEqual(['rae']);
    await calling.bringForward('quiet');
    await calling.sweep();
    expect((await cards(root))[0]?.summary).toMatch(/It is over\.$/);
  });

  it('call the next at once where somebody was never met or is gone, and say so', async () => {
    await begin(level(['zoe']), level(['gus']), level(['ada']));
    const gone = someSpeaker('gus', { standing: 'deactivated' });
    await bot.within(({ people }) => people.meet(gone, 'incidents'));
    const root = await opens();
    await calling.pass();
    expect(await calling.called(root)).toEqual(['zoe', 'ada']);
    const [zoe, gus] = await cards(root);
    expect(textOf(zoe)).toContain('zoe has never written here');
    expect(textOf(gus)).toContain('gus cannot be called: their account is closed');
  });

  it('call the next at once where the bot may not write, and say when nobody is left', async () => {
    await begin({ ...level([], 'closed') }, level(['zoe']));
    const root = await opens();
    const closed = new Fault('rejected', 'not_in_channel', 'the bot is not in it', 'Invite the bot.');
    const chat = createStrictChat({ fault: (channel) => (channel === 'closed' ? closed : undefined) });
    const delivery = createDeliverPosts({ ...bot.core, deliveriesWaiting: () => undefined });
    const deliver = async () => {
      while (await delivery.turn(bot.workspace, chat)) await delivery.settle();
    };
    await calling.bringForward();
    await createSweep(bot.core)(bot.workspace);
    await deliver();
    await createSweep(bot.core)(bot.workspace);
    await deliver();
    const told = chat.accepted.filter(({ thread }) => thread === root).map(({ text }) => text);
    expect(told.join('\n')).toContain('Recourse could not call anybody in another channel');
    expect(told.at(-2)).toContain('Nobody has acted');
    expect(told.at(-1)).toContain('Nobody is left to call');
  });
});
