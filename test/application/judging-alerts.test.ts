import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { alertDues, alertSnoozes } from '#adapters/postgres/schema/alerts.ts';
import { showAwake } from '#application/show-alerts.ts';
import { createSweep } from '#application/sweep.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestBot,
  createTestCore,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts, handAlertsInto } from '#test/support/hand-alerts.ts';
import { textOf } from '#test/support/playground-client.ts';
import { alertBegin, minuteMs, someAlert } from '#test/support/some-alert.ts';

const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);

/** Within so many minutes an alert that fires again is the same incident. */
const apart = 120;

describeOnBothEngines('alerts that people judge', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { runbooks: [{ slug: 'disk-full', text }] });
  });

  const fires = (at: number, changes = {}) => someAlert({ at, ...changes });
  const ends = (at: number, after: number, changes = {}) =>
    someAlert({ at, state: 'resolved', changedAt: alertBegin + (at + after) * minuteMs, ...changes });
  const card = async (root: string) => (await bot.replies(root))[0];
  const textIn = async (root: string) => (await bot.replies(root)).slice(0, 1).map(textOf).join();
  const said = async (root: string) => (await bot.replies(root)).map(({ summary }) => summary);
  const incidentOf = (root: string) => bot.within(({ incidents }) => incidents.inThread('incidents', root));
  const press = async (who: string, root: string, verb: 'noise' | 'real') =>
    bot.press(who, root, actionOf(await card(root), verb));

  it('are noise when a person says so: dismissed, and nothing more is said of them', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await press('rae', root, 'noise');
    expect(await textIn(root)).toMatch(/Noise: says rae/i);
    expect(await incidentOf(root)).toMatchObject({ state: 'dismissed' });
    const before = await said(root);
    await handAlerts(bot, ends(0, 5), fires(20));
    expect((await said(root)).slice(1)).toEqual(before.slice(1));
    expect((await card(root))?.summary).toBe('Firing: DiskFull');

    await press('ada', root, 'real');
    expect(await textIn(root)).toMatch(/Real: says ada/i);
    expect(await incidentOf(root)).toMatchObject({ state: 'open' });
    await handAlerts(bot, ends(20, 5));
    expect((await said(root)).at(-1)).toContain('resolved');
  });

  it('are noise one by one: what joins them later is said, and is not hidden with them', async () => {
    const labels = { service: 'orders' };
    await handAlerts(bot, fires(0, { labels }));
    const root = await bot.opened();
    await press('rae', root, 'noise');
    const later = { fingerprint: 'b', name: 'OrdersDown', labels };
    await handAlerts(bot, fires(1, later));
    expect(await incidentOf(root)).toMatchObject({ state: 'open' });
    expect((await said(root)).at(-1)).toBe(
      'OrdersDown joined what was called noise, and nobody called it so',
    );
    expect(await textIn(root)).toMatch(/Noise: says rae, of 1 of 2 alerts/i);
    const count = (await said(root)).length;
    await handAlerts(bot, ends(1, 2, later), fires(9, later));
    expect(await said(root)).toHaveLength(count);
    await handAlerts(bot, ends(9, 2, later), ends(0, 12, { labels }));
    expect((await said(root)).at(-1)).toContain('resolved');

    await handAlerts(bot, fires(apart, later), fires(apart, { labels, fingerprint: 'c' }));
    expect(await textIn(await bot.opened())).toContain('Seen 1 time before');
    expect(await textIn(await bot.opened())).not.toContain('noise');
    await handAlerts(bot, ends(apart, 5, later), ends(apart, 5, { labels, fingerprint: 'c' }));
    await handAlerts(bot, fires(2 * apart));
    expect(await textIn(await bot.opened())).toContain('closed as noise 1 of 1 time');
  });

  it('stay noise where they are led together with noise, and what comes along with them does not', async () => {
    const labels = { service: 'orders' };
    await handAlerts(bot, fires(0, { labels }));
    const root = await bot.opened();
    await press('rae', root, 'noise');
    await handAlerts(bot, fires(10, { fingerprint: 'b', name: 'QueueGrows', labels }));
    await handAlerts(bot, fires(5, { fingerprint: 'c', name: 'SlowOrders', labels }));
    expect(await textIn(root)).toMatch(/Noise: says rae, of 1 of 3 alerts/i);
    expect(await incidentOf(root)).toMatchObject({ state: 'open' });
    await press('rae', root, 'noise');
    expect(await textIn(root)).toMatch(/Noise: says rae(?!,)/i);
    expect(await incidentOf(root)).toMatchObject({ state: 'dismissed' });
  });

  it('have nothing on an old card of what came after it', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await handAlerts(bot, ends(0, 12), fires(apart), ends(apart, 12), fires(2 * apart), ends(2 * apart, 5));
    await press('rae', root, 'noise');
    expect(await textIn(root)).not.toContain('Seen');
    expect(await textIn(root)).not.toContain('Similar');
  });

  it('have similar ones of their own channel, however many of their name went elsewhere since', async () => {
    const labels = { service: 'orders' };
    await handAlerts(bot, fires(0, { labels }), ends(0, 14, { labels }));
    for (let n = 0; n < 40; n += 1) {
      const elsewhere = { labels, fingerprint: `e${n}`, at: n * apart };
      await handAlertsInto(bot, 'elsewhere', fires(n * apart, elsewhere), ends(n * apart, 5, elsewhere));
    }
    await handAlerts(bot, fires(50 * apart, { labels, fingerprint: 'other' }));
    expect(await textIn(await bot.opened())).toContain('DiskFull, over after 14 min');
  });

  it('are judged by responders alone', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await press('vic', root, 'noise');
    expect(await bot.told('vic', root)).toEqual(['To judge an alert needs the role responder or higher.']);
    expect(await incidentOf(root)).toMatchObject({ state: 'open' });
  });

  it('have their past on the next card: how often, how long, how it ended, and that it is probably noise', async () => {
    for (let n = 0; n < 4; n += 1) {
      await handAlerts(bot, fires(n * apart));
      const root = await bot.opened();
      await press('rae', root, n === 3 ? 'real' : 'noise');
      await handAlerts(bot, ends(n * apart, 12));
    }
    await handAlerts(bot, fires(4 * apart));
    const shown = await textIn(await bot.opened());
    expect(shown).toContain('Seen 4 times before, usually for 12 min; closed as noise 3 of 4 times');
    expect(shown).toContain('the 5th time within 7 days');
    expect(shown).not.toContain('Probably noise');
    await press('rae', await bot.opened(), 'noise');
    await handAlerts(bot, ends(4 * apart, 12), fires(5 * apart));
    expect(await textIn(await bot.opened())).toContain('Probably noise');
    // It is shown all the same: only a person keeps it quiet.
    expect(await said(await bot.opened())).toHaveLength(2);
  });

  it('have the past of their problem where their sender has another fingerprint each time', async () => {
    const issue = (n: number, changes = {}) => ({
      source: 'newrelic' as const,
      fingerprint: `issue-${n}`,
      problem: 'memory of checkout',
      ...changes,
    });
    for (let n = 0; n < 3; n += 1) {
      await handAlerts(bot, fires(n * apart, issue(n)));
      await press('rae', await bot.opened(), 'noise');
      await handAlerts(bot, ends(n * apart, 12, issue(n)));
    }
    const other = { problem: 'memory of orders' };
    await handAlerts(bot, fires(3 * apart, issue(3, other)), ends(3 * apart, 1, issue(3, other)));
    await handAlerts(bot, fires(4 * apart, issue(4)));
    const root = await bot.opened();
    expect(await textIn(root)).toContain(
      'Seen 3 times before, usually for 12 min; closed as noise 3 of 3 times',
    );
    // Within the hour it is the incident of before, though it is another issue.
    await handAlerts(bot, ends(4 * apart, 5, issue(4)));
    await handAlerts(bot, fires(4 * apart + 20, issue(5)));
    expect(await bot.opened()).toBe(root);
    expect((await said(root)).at(-1)).toBe('DiskFull fires again');
  });

  it('show similar incidents of before, with what helped and how long they took', async () => {
    const labels = { service: 'orders', env: 'prod' };
    await handAlerts(bot, fires(0, { labels, summary: 'disk is full' }));
    const before = await bot.opened();
    await bot.press('rae', before, {
      verb: 'worked',
      id: actionOf((await bot.replies(before))[1], 'use').id,
    });
    await handAlerts(bot, ends(0, 14, { labels }));
    await handAlerts(bot, fires(apart, { fingerprint: 'other', labels }));
    const root = await bot.opened();
    expect(root).not.toBe(before);
    const shown = await textIn(root);
    expect(shown).toMatch(/Similar before.*DiskFull, over after 14 min, helped: .*Disk full on a web host/s);
    const places = (await card(root))?.blocks.flatMap((block) =>
      block.kind === 'list' ? block.items.flat() : [],
    );
    expect(places).toContainEqual({
      kind: 'place',
      label: expect.any(String),
      channel: 'incidents',
      thread: before,
    });
    expect(shown).not.toContain('Seen');
  });

  it('that flap are said to, once, and how it ended when they are quiet', async () => {
    const { settings } = await createTestCore(db);
    const alerts = { ...settings.alerts, quietMs: 1 };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings: { ...settings, alerts } });
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    for (let n = 0; n < 8; n += 1) {
      await handAlerts(bot, ends(n * 4, 2));
      await handAlerts(bot, fires((n + 1) * 4));
    }
    const notes = (await said(root)).slice(2);
    expect(notes.filter((note) => note.includes('flaps'))).toHaveLength(1);
    expect(notes.length).toBeLessThan(8);
    expect(await textIn(root)).toContain('fired 9 times');
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
    expect((await said(root)).at(-1)).toBe('DiskFull has not changed for 1 ms: it fires');
  });
});

describeOnBothEngines('alerts that a person snoozes', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db);
  });

  const fires = (at: number, changes = {}) => someAlert({ at, ...changes });
  const ends = (at: number, after: number) =>
    someAlert({ at, state: 'resolved', changedAt: alertBegin + (at + after) * minuteMs });
  const snooze = async (root: string, span: string, who = 'rae') => {
    const action = actionOf((await bot.replies(root))[0], 'snooze');
    const opened = await bot.press(who, root, action);
    const submitted = await bot.submit(who, root, action, { for: span });
    return { opened, submitted };
  };
  const roots = async () =>
    (await db.conversationLog.channel(bot.workspace, 'incidents', 100)).flatMap(({ message: { body } }) =>
      body.kind === 'reply' ? [body.reply.summary] : [],
    );
  const textIn = async (root: string) => (await bot.replies(root)).slice(0, 1).map(textOf).join();
  /** Whatever was put off is due, and no snooze lasts. */
  const passTime = () =>
    inWorkspace(db.open.database, bot.workspace, async (executor) => {
      await executor.update(alertSnoozes).set({ until: 0 });
      await executor.update(alertDues).set({ dueAt: 0 });
    });

  it('are shown as snoozed, by whom and until when, and open no thread and say nothing meanwhile', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    const { opened } = await snooze(root, '4 hours');
    expect(opened).toMatchObject({ kind: 'form', form: { title: 'Snooze' } });
    expect(await textIn(root)).toMatch(/Snoozed: until .* by rae/i);
    await handAlerts(bot, ends(0, 5));
    const count = (await bot.replies(root)).length;
    await handAlerts(bot, fires(20));
    expect(await bot.replies(root)).toHaveLength(count);
    await handAlerts(bot, ends(20, 5), fires(300));
    expect(await roots()).toHaveLength(1);
    // Another alert is none of those.
    await handAlerts(bot, fires(300, { fingerprint: 'b', name: 'Other' }));
    expect(await roots()).toEqual(['Resolved: DiskFull', 'Firing: Other']);
  });

  it('stay quiet when the same problem is back under another fingerprint, and no other one does', async () => {
    const issue = (n: number, problem = 'memory of checkout') => ({
      source: 'newrelic' as const,
      fingerprint: `issue-${n}`,
      problem,
    });
    await handAlerts(bot, fires(0, issue(0)));
    const root = await bot.opened();
    await snooze(root, '4 hours');
    expect(await textIn(root)).toMatch(/Snoozed: until .* by rae/i);
    await handAlerts(bot, { ...ends(0, 5), ...issue(0) }, fires(300, issue(1)));
    expect(await roots()).toEqual(['Resolved: DiskFull']);
    await handAlerts(bot, fires(300, { ...issue(2, 'memory of orders'), name: 'Other' }));
    expect(await roots()).toEqual(['Resolved: DiskFull', 'Firing: Other']);
  });

  it('say nothing while they fire, even where they flap', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await snooze(root, '4 hours');
    const said: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      await handAlerts(bot, ends(n * 4, 2));
      const count = (await bot.replies(root)).length;
      await handAlerts(bot, fires((n + 1) * 4));
      said.push(...(await bot.replies(root)).slice(count).map(({ summary }) => summary));
    }
    expect(said).toEqual([]);
  });

  it('are told when the snooze is over, in a thread of their own where they had none', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await snooze(root, '1 hour');
    await handAlerts(bot, ends(0, 5), fires(300));
    expect(await roots()).toHaveLength(1);
    await passTime();
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
    expect(await roots()).toEqual(['Resolved: DiskFull', 'Firing: DiskFull']);
  });
  it('get one card when the end of the snooze and a new signal meet', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await snooze(root, '1 hour');
    await handAlerts(bot, ends(0, 5), fires(300));
    const [{ incident }] = await bot.within(async ({ alerts }) => {
      const marks = await alerts.marks('incidents', [
        { key: JSON.stringify(['alert', 'alertmanager', 'a']), from: 0, to: 2 ** 31 - 1, nearest: false },
      ]);
      return marks.toSorted((one, other) => other.minute - one.minute) as [(typeof marks)[number]];
    });
    await passTime();
    const awaken = (meanwhile: () => Promise<void>) =>
      bot.within((transaction) => {
        const { alerts } = transaction;
        // Between reading that it has no card and giving it one, the other one does all of its work.
        const slow = {
          ...alerts,
          lately: async (...of: Parameters<typeof alerts.lately>) => {
            await meanwhile();
            return alerts.lately(...of);
          },
        };
        return showAwake(bot.core, { ...transaction, alerts: slow }, bot.workspace, incident);
      });
    // The embedded database has one transaction at a time, so there nothing can come between.
    const isServer = db.open.engine === 'server';
    await awaken(isServer ? () => awaken(async () => undefined) : async () => undefined);
    if (!isServer) await awaken(async () => undefined);
    await bot.settle();
    expect(await roots()).toEqual(['Resolved: DiskFull', 'Firing: DiskFull']);
  });

  it('are told in their thread when they still fire after it', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    await snooze(root, '1 hour');
    await passTime();
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
    expect((await bot.replies(root)).at(-1)?.summary).toBe('The snooze is over and DiskFull still fires');
    expect(await textIn(root)).not.toContain('Snoozed');
  });

  it('may be woken, and not be kept quiet for longer than the limit or by somebody who only looks on', async () => {
    await handAlerts(bot, fires(0));
    const root = await bot.opened();
    expect((await snooze(root, '4 weeks')).submitted).toMatchObject({ kind: 'invalid' });
    await snooze(root, '1 hour', 'vic');
    expect((await bot.told('vic', root)).at(-1)).toContain('responder');
    expect(await textIn(root)).not.toContain('Snoozed');
    await snooze(root, '1 hour');
    await snooze(root, 'End the snooze');
    expect(await textIn(root)).not.toContain('Snoozed');
    const count = (await bot.replies(root)).length;
    await passTime();
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
    expect(await bot.replies(root)).toHaveLength(count);
    await handAlerts(bot, ends(0, 5));
    expect(buttonsOf((await bot.replies(root))[0]).map(({ action }) => action.verb)).toEqual([
      'noise',
      'real',
    ]);
  });
});
