import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import type { Reply } from '#domain/reply.ts';
import {
  actionOf,
  createOwnBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { textOf } from '#test/support/run-story.ts';
import { alertBegin, minuteMs, someAlert, someRoute } from '#test/support/some-alert.ts';

const text = runbookSource(
  'Disk full on a web host',
  [{ section: 'Check', command: 'df -h' }],
  '  host: { type: host }',
);

describeOnBothEngines('alerts', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  const hand = (...alerts: readonly Alert[]) => handAlerts(bot, ...alerts);
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { runbooks: [{ slug: 'disk-full', text }] });
  });

  /** What stands in the channel, oldest first, as it is now. */
  const cards = async (): Promise<readonly { readonly id: string; readonly reply: Reply }[]> =>
    (await db.conversationLog.channel(bot.workspace, 'incidents', 500)).flatMap(({ message }) =>
      message.author.isBot && message.body.kind === 'reply'
        ? [{ id: message.id, reply: message.body.reply }]
        : [],
    );
  const titles = async () => (await cards()).map(({ reply }) => reply.summary);

  it('open a thread with the ranked answer in it', async () => {
    await hand(
      someAlert({
        summary: 'disk is full on web-01',
        severity: 'critical',
        labels: { instance: 'web-01:9100' },
      }),
    );
    const [card, ...others] = await cards();
    expect(others).toEqual([]);
    expect(card?.reply).toMatchObject({ summary: 'Firing: DiskFull', tone: 'bad' });
    expect(textOf(card?.reply)).toContain('critical');
    const [, answer] = await bot.replies(card?.id ?? '');
    expect(answer?.summary).toContain('Disk full on a web host');
  });

  it('are answered first with the runbook that their rule links to, however little it is alike', async () => {
    const other = runbookSource(
      'Reticulating splines',
      [{ section: 'Check', command: 'uptime' }],
      '  host: { type: host }',
    );
    await bot.load({ slug: 'splines', text: other });
    const runbookUrl = 'https://wiki.example.com/runbooks/Splines.html';
    await hand(someAlert({ summary: 'disk is full on web-01', runbookUrl }));
    const [card] = await cards();
    const [, answer] = await bot.replies(card?.id ?? '');
    expect(textOf(answer)).toMatch(
      /Reticulating splines.*the rule of the alert links to it.*Disk full on a web host/s,
    );
  });

  it('are told in their thread when they are over, and when they are back', async () => {
    const over = { state: 'resolved', changedAt: alertBegin + 14 * minuteMs } as const;
    await hand(someAlert());
    await hand(someAlert(over));
    const [card] = await cards();
    expect(card?.reply).toMatchObject({ summary: 'Resolved: DiskFull', tone: 'good' });
    const said = async () => (await bot.replies(card?.id ?? '')).map(({ summary }) => summary);
    expect((await said()).at(-1)).toBe('The alert is resolved, after 14 min');
    const offer = actionOf((await bot.replies(card?.id ?? '')).at(-1), 'save-case');
    expect(offer.id).toBe(card?.id);
    const incident = () => bot.within(({ incidents }) => incidents.inThread('incidents', card?.id ?? ''));
    expect(await incident()).toMatchObject({ state: 'resolved' });
    await hand(someAlert({ at: 20 }));
    expect((await said()).at(-1)).toBe('DiskFull fires again');
    expect(await titles()).toEqual(['Firing: DiskFull']);
    expect(await incident()).toMatchObject({ state: 'open' });
  });

  it('are one thread where they belong together, with all of them on its card', async () => {
    const labels = { service: 'orders' };
    await hand(someAlert({ labels }), someAlert({ fingerprint: 'b', name: 'QueueGrows', labels, at: 1 }));
    await hand(
      someAlert({
        fingerprint: 'b',
        name: 'QueueGrows',
        labels,
        at: 1,
        state: 'acknowledged',
        changedAt: alertBegin + 2 * minuteMs,
      }),
    );
    expect(await titles()).toEqual(['Firing: DiskFull and 1 more']);
    const [card] = await cards();
    expect(textOf(card?.reply)).toContain('1 firing, 1 acknowledged, 0 resolved');
  });

  it('are headed by the worst of them', async () => {
    const mild = someAlert({ group: 'g', severity: 'warning', name: 'Slow' });
    await hand(mild, someAlert({ group: 'g', severity: 'critical', name: 'Down', fingerprint: 'b', at: 3 }));
    expect(await titles()).toEqual(['Firing: Down and 1 more']);
  });

  it('that turn out to be one are led together, and the later thread says where it goes on', async () => {
    const labels = { service: 'orders' };
    await hand(someAlert({ labels }));
    await hand(someAlert({ fingerprint: 'b', name: 'QueueGrows', labels, at: 10 }));
    await hand(someAlert({ fingerprint: 'c', name: 'SlowOrders', labels, at: 5 }));
    expect(await titles()).toEqual([
      expect.stringMatching(/^Firing: .* and 2 more$/),
      expect.stringContaining('is a part of another incident'),
    ]);
  });

  it('change nothing when they are sent again, in whatever order', async () => {
    const over = someAlert({ state: 'resolved', changedAt: alertBegin + minuteMs });
    expect(await hand(someAlert())).toEqual({ accepted: 1, repeated: 0, unrouted: 0 });
    expect(await hand(over, someAlert())).toEqual({ accepted: 1, repeated: 1, unrouted: 0 });
    const before = await cards();
    expect(await hand(someAlert(), over, over)).toEqual({ accepted: 0, repeated: 3, unrouted: 0 });
    expect(await cards()).toEqual(before);
  });

  it('that are over before anybody saw them open no thread', async () => {
    const over = { state: 'resolved', changedAt: alertBegin + minuteMs } as const;
    await hand(someAlert(over), someAlert());
    expect(await cards()).toEqual([]);
  });

  it('are counted on one card while more begins than a channel can read', async () => {
    const most = defaultAlertSettings.storm.cards;
    const many = Array.from({ length: 60 }, (_, index) =>
      someAlert({ fingerprint: `f${index}`, name: `Alert${index}` }),
    );
    for (const one of many.slice(0, most + 2)) await hand(one);
    await hand(...many.slice(most + 2));
    const all = await titles();
    expect(all).toHaveLength(most + 1);
    expect(all.at(-1)).toBe(`Alert storm: ${60 - most} of ${60 - most} alerts go on`);
    await hand(
      ...many.map((one) => ({ ...one, state: 'resolved' as const, changedAt: alertBegin + minuteMs })),
    );
    expect((await titles()).at(-1)).toBe(`The alert storm is over: ${60 - most} alerts`);
    expect(await titles()).toHaveLength(most + 1);
  });

  it('are told by their most frequent names on the card of a storm', async () => {
    const most = defaultAlertSettings.storm.cards;
    for (let at = 0; at < most; at += 1) await hand(someAlert({ fingerprint: `f${at}`, name: `Alert${at}` }));
    const named = (name: string, count: number, changes: Partial<Alert> = {}) =>
      Array.from({ length: count }, (_, at) => someAlert({ fingerprint: `${name}${at}`, name, ...changes }));
    await hand(
      ...named('PodRestarts', 20, { severity: 'warning' }),
      ...named('NodeDown', 3, { severity: 'critical' }),
      ...['a', 'b', 'c', 'd', 'e'].flatMap((name) => named(name, 1)),
    );
    await hand(
      ...named('PodRestarts', 19, {
        severity: 'warning',
        state: 'resolved',
        changedAt: alertBegin + minuteMs,
      }),
    );
    const card = textOf((await cards()).at(-1)?.reply);
    expect(card).toMatch(/NodeDown.*: 3 of 3 go on, critical.*PodRestarts.*: 1 of 20 go on, warning/s);
    expect(card).toContain('and 2 more names');
  });

  it('that get worse are said to, in their thread, and not when they get better', async () => {
    const told = (severity: Alert['severity'], at: number) =>
      someAlert({
        source: 'pagerduty',
        severity,
        changedAt: alertBegin + at * minuteMs,
        occasion: String(at),
      });
    await hand(told('warning', 0));
    await hand(told('critical', 1));
    await hand(told('error', 2));
    const [card] = await cards();
    expect((await bot.replies(card?.id ?? '')).map(({ summary }) => summary).slice(2)).toEqual([
      'Now critical, was warning: DiskFull',
    ]);
    expect(textOf(card?.reply)).toContain('error');
  });

  it('are kept without secrets, and their texts bring nothing to life', async () => {
    await hand(
      someAlert({
        summary: `login ${knownSecret} failed`,
        labels: { url: `http://x/?t=${knownSecret}` },
        name: '<!channel> @everyone',
      }),
    );
    const [card] = await cards();
    expect(JSON.stringify([card, ...(await bot.replies(card?.id ?? ''))])).not.toContain(knownSecret);
    expect(card?.reply.blocks[0]).toEqual({ kind: 'heading', text: 'Firing: <!channel> @everyone' });
  });

  it('have what their route knows of them, where they do not say it themselves', async () => {
    const { inbound, route } = await play(bot);
    const context = { os: 'linux', environment: ['prod'], application: 'nginx' };
    const alert = someAlert({ labels: { app: 'mysql', env: 'staging' } });
    await inbound.receive([{ alert, route: { ...route, context } }]);
    const [kept] = await bot.within(({ alerts }) => alerts.take(1));
    expect(kept?.alert.labels).toEqual({ app: 'mysql', env: 'staging', os: 'linux' });
  });

  it('that go nowhere are counted', async () => {
    const { inbound } = await play(bot);
    expect(await inbound.receive([{ alert: someAlert(), route: undefined }])).toEqual({
      accepted: 0,
      repeated: 0,
      unrouted: 1,
    });
    const elsewhere = someRoute({ platform: 'slack', externalId: 'T0NOBODY' });
    expect(await inbound.receive([{ alert: someAlert(), route: elsewhere }])).toEqual({
      accepted: 0,
      repeated: 0,
      unrouted: 1,
    });
  });
});

async function play(bot: TestBot) {
  const { core, workspace } = bot;
  const inbound = createReceiveAlerts({ ...core, alertsWaiting: () => undefined });
  const own = (await core.workspaces.all()).find(({ id }) => id === workspace);
  if (!own) throw new Error('no workspace');
  const route = someRoute(own);
  return {
    inbound,
    route,
  };
}
