import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts, handAlertsInto } from '#test/support/hand-alerts.ts';
import { textOf } from '#test/support/run-story.ts';
import { alertBegin, minuteMs, someAlert } from '#test/support/some-alert.ts';

/** Senders of tickets and of monitors: what they tell later is not all of what they told first. */
describeOnBothEngines('what is told of an alert later', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db);
  });

  /** As if it came in a moment ago, so that what is over was over lately. */
  const begin = Date.now() - 300 * minuteMs;
  const told = (at: number, changes: Partial<Alert> = {}): Alert =>
    someAlert({
      source: 'opsgenie',
      startedAt: begin,
      changedAt: begin + at * minuteMs,
      occasion: String(at),
      ...changes,
    });
  const cardsIn = async (channel: string) =>
    (await db.conversationLog.channel(bot.workspace, channel, 100)).flatMap(({ message }) =>
      message.author.isBot && message.body.kind === 'reply'
        ? [{ id: message.id, reply: message.body.reply }]
        : [],
    );
  const titles = async (channel = 'incidents') => (await cardsIn(channel)).map(({ reply }) => reply.summary);
  const notes = async () => {
    const [card] = await cardsIn('incidents');
    return (await bot.replies(card?.id ?? '')).map(({ summary }) => summary);
  };

  it('goes to the thread that it has, wherever it would be led by itself, and leaves nothing out of the card', async () => {
    await handAlerts(bot, told(0, { severity: 'critical', labels: { service: 'orders' } }));
    await handAlertsInto(bot, 'off-topic', told(9, { state: 'resolved', severity: null }));
    expect(await titles('off-topic')).toEqual([]);
    expect(await titles()).toEqual(['Resolved: DiskFull']);
    expect(textOf((await cardsIn('incidents'))[0]?.reply)).toMatch(/critical.*orders/s);
    expect((await notes()).at(-1)).toBe('The alert is resolved, after 9 min');
  });

  it('goes there although no route takes it, also before it was seen, and is told once', async () => {
    const { core } = bot;
    const own = (await core.workspaces.all()).find(({ id }) => id === bot.workspace);
    if (!own) throw new Error('no workspace');
    const leadsTo = [{ platform: own.platform, workspace: own.externalId, id: 'incidents' }];
    const settings = { ...core.settings, alerts: { ...core.settings.alerts, leadsTo } };
    const inbound = createReceiveAlerts({ ...core, settings, alertsWaiting: () => undefined });
    const over = { alert: told(9, { state: 'resolved' }), route: undefined };
    expect(await inbound.receive([over])).toEqual({ accepted: 0, repeated: 0, unrouted: 1 });
    const route = { name: 'all', labels: {}, to: leadsTo[0] as (typeof leadsTo)[number], context: {} };
    await inbound.receive([{ alert: told(0), route }]);
    expect(await inbound.receive([over])).toEqual({ accepted: 1, repeated: 0, unrouted: 0 });
    expect(await inbound.receive([over])).toEqual({ accepted: 0, repeated: 1, unrouted: 0 });
    const states = await bot.within(({ alerts }) => alerts.take(10));
    expect(states.map(({ alert, channel }) => [alert.state, channel])).toEqual([
      ['firing', 'incidents'],
      ['resolved', 'incidents'],
    ]);
  });

  it('is that a ticket is open again, though it began when it began', async () => {
    await handAlerts(bot, told(0));
    await handAlerts(bot, told(9, { state: 'resolved' }));
    await handAlerts(bot, told(20));
    expect(await titles()).toEqual(['Firing: DiskFull']);
    expect((await notes()).at(-1)).toBe('DiskFull fires again');
  });

  it('is that nobody looks at it any more', async () => {
    await handAlerts(bot, told(0), told(3, { state: 'acknowledged' }));
    expect(await titles()).toEqual(['Acknowledged: DiskFull']);
    await handAlerts(bot, told(8));
    expect(await titles()).toEqual(['Firing: DiskFull']);
  });

  it('is another priority, and somebody looks at it as before', async () => {
    await handAlerts(bot, told(0, { severity: 'warning' }), told(3, { state: 'acknowledged' }));
    await handAlerts(bot, told(8, { severity: 'critical', keepsState: true }));
    expect(await titles()).toEqual(['Acknowledged: DiskFull']);
    expect(textOf((await cardsIn('incidents'))[0]?.reply)).toContain('critical');
  });

  it('is hours later that it still fires, with a beginning of its own, and that it is over', async () => {
    const reminder = (at: number) =>
      told(at, { source: 'datadog', startedAt: begin + at * minuteMs, occasion: undefined });
    for (const at of [0, 120, 240]) await handAlerts(bot, reminder(at));
    expect(await titles()).toEqual(['Firing: DiskFull']);
    await handAlerts(bot, { ...reminder(250), state: 'resolved', startedAt: null });
    expect(await titles()).toEqual(['Resolved: DiskFull']);
    expect((await notes()).at(-1)).toBe('The alert is resolved, after 250 min');
  });

  it('is of another incident when it was over long before', async () => {
    await handAlerts(bot, someAlert({ source: 'datadog' }));
    await handAlerts(
      bot,
      someAlert({ source: 'datadog', state: 'resolved', startedAt: null, changedAt: alertBegin + minuteMs }),
    );
    await handAlertsInto(bot, 'off-topic', someAlert({ source: 'datadog', at: 300 }));
    expect(await titles()).toEqual(['Resolved: DiskFull']);
    expect(await titles('off-topic')).toEqual(['Firing: DiskFull']);
  });
});
