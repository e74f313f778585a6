import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createSweep } from '#application/sweep.ts';
import type { Alert } from '#domain/alert/alert.ts';
import {
  actionOf,
  buttonsOf,
  createTestBot,
  createTestCore,
  openSandbox,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { minuteMs, someAlert } from '#test/support/some-alert.ts';

const text = runbookSource('Gadget stuck', [{ section: 'Fix', command: 'touch turned' }]);

describeOnBothEngines('the end of a run while an alert goes on', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());

  /** The bot waits so long for alerts to notice what a run did. */
  const begin = async (verifyMs: number) => {
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
    const { settings } = await createTestCore(db);
    const alerts = { ...settings.alerts, verifyMs };
    bot = await createTestBot(db, sandbox, { in: id, settings: { ...settings, alerts } });
    await bot.load({ slug: 'gadget', text });
  };
  beforeEach(() => begin(1));

  const hand = (one: Alert) => handAlerts(bot, one);
  const alert = (changes: Partial<Alert> = {}): Alert => {
    const at = Date.now() - 5 * minuteMs;
    return someAlert({
      name: 'GadgetStuck',
      summary: 'gadget stuck on demo-web-01',
      startedAt: at,
      changedAt: at,
      ...changes,
    });
  };
  const run = async () => {
    const root = await bot.opened();
    const answer = (await bot.replies(root))[1];
    await bot.submit('rae', root, actionOf(answer, 'use').id, { host: 'demo-web-01' });
    await bot.press('ada', root, actionOf((await bot.replies(root)).at(-1), 'approve'));
    await bot.work();
    return root;
  };
  const sweep = async () => {
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
  };
  const said = async (root: string) => (await bot.replies(root)).map(({ summary }) => summary);
  const passed = async () =>
    [...(await bot.within(({ signals }) => signals.all())).values()]
      .flat()
      .flatMap((signal) => (signal.kind === 'alert' ? [signal.passed] : []));

  it('is followed by saying, once, that it still fires, which counts as no effect', async () => {
    await hand(alert());
    const root = await run();
    expect((await said(root)).at(-1)).toBe('GadgetStuck still fires. Recourse looks again in 1 ms');
    await sweep();
    const last = (await bot.replies(root)).at(-1);
    expect(last?.summary).toBe('GadgetStuck still fires 1 ms after the last step');
    expect(buttonsOf(last).map(({ action }) => action.verb)).toEqual(['others']);
    expect(await passed()).toEqual([false]);
    const entries = await bot.within(({ audit }) => audit.after(0, 100));
    expect(entries.filter(({ event }) => event === 'run.classified')).toMatchObject([
      { actor: 'recourse', details: { cause: 'runbook-insufficient', step: null } },
    ]);
    const count = (await said(root)).length;
    await sweep();
    expect(await said(root)).toHaveLength(count);
  });

  it('says nothing of a run that only looked and checked, whether they go on or end', async () => {
    await bot.load({
      slug: 'gadget',
      text: runbookSource('Gadget stuck', [
        { section: 'Check', command: 'uptime' },
        { section: 'Verify', command: 'test -d /' },
      ]),
    });
    const fires = alert();
    await hand(fires);
    const root = await bot.opened();
    await bot.submit('rae', root, actionOf((await bot.replies(root))[1], 'use').id, { host: 'demo-web-01' });
    for (const _ of ['check', 'verify']) {
      await bot.press('rae', root, actionOf((await bot.replies(root)).at(-1), 'approve'));
      await bot.work();
    }
    expect((await said(root)).at(-1)).toContain('Did this solve it?');
    expect((await said(root)).join()).not.toContain('looks again');
    await hand({ ...fires, state: 'resolved', changedAt: Date.now() });
    expect(await passed()).toEqual([]);
  });

  it('is not judged before its time', async () => {
    await begin(10 * minuteMs);
    await hand(alert());
    const root = await run();
    const count = (await said(root)).length;
    await sweep();
    expect(await said(root)).toHaveLength(count);
    expect(await passed()).toEqual([]);
  });

  it('is a success when the alert is over in time, also when that is told late', async () => {
    await begin(minuteMs);
    const fires = alert();
    await hand(fires);
    const root = await run();
    await hand({ ...fires, state: 'resolved', changedAt: Date.now() });
    await sweep();
    expect((await said(root)).join()).not.toContain('after the last step');
    expect(await passed()).toEqual([true]);
  });

  it('says nothing more in an incident that somebody dismissed, or where no alert is', async () => {
    await hand(alert());
    const root = await run();
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', root));
    if (!incident) throw new Error('no incident');
    await bot.within(({ incidents }) => incidents.setState(incident.id, 'dismissed'));
    const count = (await said(root)).length;
    await sweep();
    expect(await said(root)).toHaveLength(count);
    expect(await passed()).toEqual([]);
  });

  it('goes along with an incident that turns out to be a part of another one', async () => {
    const labels = { service: 'gadgets' };
    const older = alert({
      fingerprint: 'older',
      labels,
      startedAt: Date.now() - 12 * minuteMs,
      changedAt: Date.now() - 12 * minuteMs,
    });
    await hand({ ...older, labels: {} });
    await hand(alert({ labels }));
    const root = await run();
    await hand(alert({ fingerprint: 'between', group: 'g', labels }));
    await hand({ ...older, group: 'g', state: 'acknowledged', changedAt: Date.now() - 6 * minuteMs });
    expect((await said(root))[0]).toContain('is a part of another incident');
    await sweep();
    expect((await said(root)).at(-1)).toContain('after the last step');
    expect(await passed()).toEqual([false]);
  });
});
