import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createSweep } from '#application/sweep.ts';
import { actionOf, buttonsOf, openSandbox, runbookSource } from '#test/support/application.ts';
import { createCallingBot, level } from '#test/support/call-people.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { textOf } from '#test/support/playground-client.ts';
import { minuteMs, someAlert } from '#test/support/some-alert.ts';

const source = (command: string) => runbookSource('Gadget stuck', [{ section: 'Fix', command }]);

describeOnBothEngines('alerts that call people once more', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());

  const begin = (command = 'touch turned') =>
    createCallingBot(db, [level(['ada']), level(['ben'])], {
      sandbox,
      runbooks: [{ slug: 'gadget', text: source(command) }],
    });
  type Calling = Awaited<ReturnType<typeof begin>>;

  const gadget = (changes = {}) => {
    const at = Date.now() - 5 * minuteMs;
    const given = {
      name: 'GadgetStuck',
      summary: 'gadget stuck on demo-web-01',
      startedAt: at,
      changedAt: at,
    };
    return someAlert({ ...given, ...changes });
  };
  /** Whoever uses it acts; then it is approved and runs. */
  const run = async ({ bot }: Calling) => {
    await handAlerts(bot, gadget());
    const root = await bot.opened();
    await bot.submit('rae', root, actionOf((await bot.replies(root))[1], 'use').id, { host: 'demo-web-01' });
    await bot.press('max', root, actionOf((await bot.replies(root)).at(-1), 'approve'));
    await bot.work();
    return root;
  };

  it('when a run ended and had no effect: the next one at once, though somebody had acted', async () => {
    const calling = await begin();
    const root = await run(calling);
    await calling.sweep();
    expect((await calling.said(root)).at(-1)).toContain('after the last step');
    expect(await calling.called(root)).toEqual([]);
    await calling.sweep();
    expect(await calling.called(root)).toEqual(['ada']);
    expect((await calling.said(root)).at(-1)).toBe('A run for GadgetStuck did not help, and it still fires');
    await calling.pass();
    expect(await calling.called(root)).toEqual(['ada', 'ben']);
  });

  it('when a step failed and nobody says how to go on, and at once when the run ends with that', async () => {
    const calling = await begin('false');
    const root = await run(calling);
    await calling.sweep();
    expect(await calling.called(root)).toEqual([]);
    await calling.pass();
    expect(await calling.called(root)).toEqual(['ada']);
    expect((await calling.said(root)).at(-1)).toMatch(/^A run for GadgetStuck came to a halt/);
    const failed = (await calling.bot.replies(root)).findLast((reply) =>
      buttonsOf(reply).some(({ action }) => action.verb === 'stop'),
    );
    await calling.bot.press('rae', root, actionOf(failed, 'stop'));
    expect(await calling.called(root)).toEqual([]);
    await calling.sweep();
    expect(await calling.called(root)).toEqual(['ben']);
  });

  it('when a snooze is over and they still fire, from the first on', async () => {
    const calling = await begin();
    const { bot } = calling;
    await handAlerts(bot, gadget());
    const root = await bot.opened();
    await calling.pass();
    const snooze = actionOf((await bot.replies(root))[0], 'snooze');
    await bot.submit('rae', root, snooze, { for: '30 minutes' });
    await calling.pass();
    expect(await calling.called(root)).toEqual([]);
    await calling.endSnooze();
    await calling.pass();
    expect(await calling.called(root)).toEqual(['ada']);
  });

  it('when something joins what was called noise', async () => {
    const calling = await begin();
    const { bot } = calling;
    const labels = { service: 'orders' };
    await handAlerts(bot, gadget({ labels }));
    const root = await bot.opened();
    await bot.press('rae', root, actionOf((await bot.replies(root))[0], 'noise'));
    await calling.pass();
    expect(await calling.called(root)).toEqual([]);
    await handAlerts(bot, gadget({ labels, fingerprint: 'b', name: 'OrdersDown' }));
    await calling.pass();
    expect(await calling.called(root)).toEqual(['ada']);
  });

  it('once for all that a storm counts on one card', async () => {
    const calling = await begin();
    const { bot } = calling;
    const many = Array.from({ length: 30 }, (_, n) => someAlert({ fingerprint: `f${n}` }));
    await handAlerts(bot, ...many);
    const storm = await bot.opened();
    const card = async () => (await bot.replies(storm)).slice(0, 1).map(textOf).join();
    expect(await card()).toMatch(/Alert storm.*Calls:? ?ada at .* unless somebody acts/s);
    await calling.pass();
    expect(await calling.called(storm)).toEqual(['ada']);
    expect(await card()).toMatch(/Calls:? ?ben at .* unless somebody acts/);
    await bot.say('rae', 'looking', { thread: storm });
    expect(await card()).toMatch(/Alert storm.*Calls:? ?nobody: rae is on it/s);
    await calling.pass();
    expect(await calling.called(storm)).toEqual([]);
    await handAlerts(bot, someAlert({ fingerprint: 'one more' }));
    expect(await card()).toMatch(/nobody: rae is on it/);
  });

  it('not before it was heard what people did while the bot was away', async () => {
    const calling = await begin();
    const { bot } = calling;
    await handAlerts(bot, gadget());
    const root = await bot.opened();
    const passBehind = async () => {
      await calling.bringForward();
      await createSweep({ ...bot.core, isBehind: () => true })(bot.workspace);
      await bot.settle();
    };
    await passBehind();
    expect(await calling.called(root)).toEqual([]);
    await calling.pass();
    expect(await calling.called(root)).toEqual(['ada']);
    await passBehind();
    await bot.say('rae', 'said while it was away', { thread: root });
    await calling.pass();
    expect((await calling.said(root)).join()).not.toContain('ben');
    expect(await calling.called(root)).toEqual([]);
  });

  it('not for what became a part of another incident in which somebody had acted', async () => {
    const calling = await begin();
    const { bot } = calling;
    const labels = { service: 'orders' };
    await handAlerts(bot, someAlert({ labels }));
    const root = await bot.opened();
    await bot.say('rae', 'looking', { thread: root });
    await handAlerts(bot, someAlert({ at: 10, fingerprint: 'b', name: 'QueueGrows', labels }));
    const other = await bot.opened();
    expect(other).not.toBe(root);
    await handAlerts(bot, someAlert({ at: 5, fingerprint: 'c', name: 'SlowOrders', labels }));
    await calling.pass();
    expect([...(await calling.called(root)), ...(await calling.called(other))]).toEqual([]);
  });
});
