import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import type { Alert } from '#domain/alert/alert.ts';
import {
  actionOf,
  createOwnBot,
  openSandbox,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { minuteMs, someAlert } from '#test/support/some-alert.ts';

const fixed = (title: string, command: string) => runbookSource(title, [{ section: 'Fix', command }]);
const runbooks = [
  { slug: 'wheel', text: fixed('Gadget stuck by its wheel', 'mkdir -p turned') },
  { slug: 'belts', text: fixed('Gadget stuck by its belts', 'touch oiled') },
];

describeOnEmbedded('what a resolved alert teaches', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());
  beforeEach(async () => {
    bot = await createOwnBot(db, { sandbox, runbooks });
  });

  const hand = (alert: Alert) => handAlerts(bot, alert);
  const firing = (ago: number): Alert => {
    const at = Date.now() - ago * minuteMs;
    return someAlert({
      name: 'GadgetStuck',
      summary: 'gadget stuck on demo-web-01',
      startedAt: at,
      changedAt: at,
    });
  };
  const resolved = (alert: Alert, inMinutes: number): Alert => ({
    ...alert,
    state: 'resolved',
    changedAt: Date.now() + inMinutes * minuteMs,
  });
  const thread = () => bot.opened();
  /** Uses a solution of the answer, another one than before, and makes its change. */
  const use = async (before?: string): Promise<string> => {
    const root = await thread();
    const answer = (await bot.replies(root))[1];
    const uses =
      answer?.blocks
        .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        .filter(({ action }) => action.verb === 'use') ?? [];
    const id = uses.find(({ action }) => action.id !== before)?.action.id ?? '';
    await bot.submit('rae', root, id, { host: 'demo-web-01' });
    const card = (await bot.replies(root)).at(-1);
    await bot.press('ada', root, actionOf(card, 'approve'));
    await bot.work();
    return id;
  };
  const signals = async () =>
    [...(await bot.within(({ signals }) => signals.all())).values()]
      .flat()
      .filter(({ kind }) => kind === 'alert')
      .map((signal) => ('passed' in signal ? signal.passed : null))
      .sort();

  it('is that the change before it worked', async () => {
    const alert = firing(5);
    await hand(alert);
    await use();
    expect(await signals()).toEqual([]);
    await hand(resolved(alert, 9));
    expect(await signals()).toEqual([true]);
  });

  it('is that what was tried before did not', async () => {
    const alert = firing(5);
    await hand(alert);
    await use(await use());
    await hand(resolved(alert, 9));
    expect(await signals()).toEqual([false, true]);
  });

  it('is nothing good of a change that is long past', async () => {
    const alert = firing(5);
    await hand(alert);
    await use();
    await hand(resolved(alert, 70));
    expect(await signals()).toEqual([false]);
  });

  it('is nothing good of a change that did not last', async () => {
    const alert = firing(5);
    await hand(alert);
    await use();
    await hand(resolved(alert, 9));
    await hand({ ...alert, startedAt: Date.now() + 20 * minuteMs, changedAt: Date.now() + 20 * minuteMs });
    expect(await signals()).toEqual([false]);
  });
});
