import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createPerformTickets } from '#application/perform-tickets.ts';
import { createSweep } from '#application/sweep.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import type { TicketOrder } from '#ports/ticket-system.ts';
import {
  actionOf,
  createOwnBot,
  createTestCore,
  openSandbox,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { minuteMs, someAlert } from '#test/support/some-alert.ts';
import { shared } from '#test/support/ticket-access.ts';

const rule = { name: 'close it', actions: ['comment', 'resolve'], afterMs: 10 * minuteMs } as const;
const fix = { section: 'Fix', command: 'touch turned' };
const verify = { section: 'Verify', command: 'test -e turned' };

describeOnBothEngines('tickets of a run that helped, under a rule of the policy', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  let orders: TicketOrder[];
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());

  const jira = shared({
    source: 'jira',
    name: 'Jira',
    actions: { comment: 'repeatable', resolve: 'repeatable' },
    act: async (order) => void orders.push(order),
    silencing: null,
    check: async () => undefined,
  });
  beforeEach(async () => {
    orders = [];
    const { settings } = await createTestCore(db);
    const policy = { ...defaultPolicy, tickets: [rule] };
    const runbooks = [{ slug: 'gadget', text: runbookSource('Gadget stuck', [fix, verify]) }];
    bot = await createOwnBot(
      db,
      { sandbox, runbooks },
      { tickets: [jira], settings: { ...settings, policy } },
    );
    db.jobs.length = 0;
  });

  const alert = (changes: Partial<Alert>): Alert => {
    const at = Date.now() - 5 * minuteMs;
    const name = {
      name: 'GadgetStuck',
      summary: 'gadget stuck on demo-web-01',
      labels: { service: 'gadgets' },
    };
    return someAlert({ ...name, startedAt: at, changedAt: at, ...changes });
  };
  const issue = () =>
    alert({ source: 'jira', fingerprint: 'OPS-7', ticket: { key: 'OPS-7', name: 'OPS-7' } });
  const measured = (changes: Partial<Alert> = {}) =>
    alert({ source: 'grafana', fingerprint: 'measured', ...changes });
  const isOver = () => handAlerts(bot, measured({ state: 'resolved', changedAt: Date.now() }));
  const firesAgain = () => handAlerts(bot, measured({ startedAt: Date.now(), changedAt: Date.now() + 1 }));

  const run = async () => {
    const root = await bot.opened();
    const answer = (await bot.replies(root))[1];
    await bot.submit('rae', root, actionOf(answer, 'use').id, { host: 'demo-web-01' });
    for (const who of ['ada', 'rae']) {
      await bot.press(who, root, actionOf((await bot.replies(root)).at(-1), 'approve'));
      await bot.work();
    }
  };
  /** The rule's time passes. */
  const pass = async () => {
    await inWorkspace(db.open.database, bot.workspace, (executor) =>
      executor.execute(sql`update alert_dues set due_at = now() where kind = 'tickets'`),
    );
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
  };
  const perform = async () => {
    await createPerformTickets(bot.core)(bot.workspace);
    await bot.settle();
  };
  const done = () => orders.map(({ action, ticket }) => `${action} ${ticket.key}`);
  const said = async () => (await bot.replies(await bot.opened())).map(({ summary }) => summary).join('\n');

  it('are told and resolved once, after its time, as the alert was over after the run', async () => {
    await handAlerts(bot, measured(), issue());
    await run();
    await isOver();
    await createSweep(bot.core)(bot.workspace);
    await perform();
    expect(done()).toEqual([]);
    await pass();
    expect(await said()).toContain('By policy rule "close it": comment Jira OPS-7; resolve Jira OPS-7');
    await perform();
    expect(done()).toEqual(['comment OPS-7', 'resolve OPS-7']);
    expect(orders[0]?.note).toBe(
      'Recourse, by policy rule "close it": the runbook "Gadget stuck" was run, and its alerts were over after that.',
    );
    await isOver();
    await pass();
    await perform();
    expect(orders).toHaveLength(2);
    const entries = await bot.within(({ audit }) => audit.after(0, 200));
    expect(entries.filter(({ event }) => event === 'tickets.asked')).toMatchObject([
      { actor: 'policy', details: { rule: 'close it', proof: 'alerts' } },
    ]);
    await handAlerts(bot, { ...issue(), state: 'resolved', changedAt: Date.now() + 2 });
    await firesAgain();
    expect(await said()).toContain(
      'The policy had Jira OPS-7 resolved, and Recourse reopens nothing outside',
    );
    await perform();
    expect(orders).toHaveLength(2);
  });

  it('are left alone where nobody ran anything, or where it fires again before the rule’s time or before it was done', async () => {
    await handAlerts(bot, measured(), issue());
    await isOver();
    await pass();
    expect(await said()).not.toContain('By policy rule');
    await firesAgain();
    await run();
    await isOver();
    await firesAgain();
    await pass();
    expect(await said()).not.toContain('By policy rule');
    await isOver();
    await pass();
    expect(await said()).toContain('By policy rule');
    await firesAgain();
    await perform();
    expect(done()).toEqual([]);
    const events = (await bot.within(({ audit }) => audit.after(0, 300))).map(({ event }) => event);
    expect(events).toContain('tickets.withdrawn');
  });

  it('are settled by its validation where nothing else measures', async () => {
    await handAlerts(bot, issue());
    await run();
    await pass();
    expect(await said()).toContain('By policy rule "close it"');
    await perform();
    expect(orders.at(-1)).toMatchObject({
      action: 'resolve',
      note: expect.stringContaining('its validation steps succeeded'),
    });
  });

  it('are left alone where somebody says that it did not help', async () => {
    await handAlerts(bot, issue());
    await run();
    const root = await bot.opened();
    const card = (await bot.replies(root)).findLast(({ summary }) => summary.includes('Did this solve it?'));
    await bot.press('rae', root, actionOf(card, 'failed'));
    await pass();
    expect(await said()).not.toContain('By policy rule');
  });
});
