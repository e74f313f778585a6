import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createPerformTickets } from '#application/perform-tickets.ts';
import { Fault } from '#domain/fault.ts';
import type { FormValues } from '#domain/reply.ts';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { actionOf, buttonsOf, createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { startAlertmanager } from '#test/support/monitoring.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { textOf } from '#test/support/playground-client.ts';
import { someAlert } from '#test/support/some-alert.ts';
import { shared } from '#test/support/ticket-access.ts';

const ticket = { key: 'Q1', name: 'Q1' };
const fires = (changes = {}) => someAlert({ source: 'pagerduty', fingerprint: 'Q1', ticket, ...changes });

async function askFor(bot: TestBot, who: string, root: string, values: FormValues) {
  const action = actionOf((await bot.replies(root))[0], 'ticket');
  await bot.press(who, root, action);
  return bot.submit(who, root, action, values);
}

describeOnBothEngines('what is asked of the system that an alert came from', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let root: string;
  let orders: TicketOrder[];
  /** What the next tries end with; nothing for success. */
  let faults: (Fault | undefined)[];
  const system: TicketSystem = {
    source: 'pagerduty',
    name: 'PagerDuty',
    actions: { acknowledge: 'repeatable', comment: 'once', resolve: 'repeatable' },
    act: async (order) => {
      orders.push(order);
      const fault = faults.shift();
      if (fault) throw fault;
    },
    silencing: null,
    check: async () => undefined,
  };
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    orders = [];
    faults = [];
    bot = await createOwnBot(db, {}, { tickets: [shared(system)] });
    await handAlerts(bot, fires());
    root = await bot.opened();
  });

  const perform = async () => {
    await createPerformTickets(bot.core)(bot.workspace);
    await bot.settle();
  };
  const card = async () => (await bot.replies(root)).slice(0, 1).map(textOf).join();
  const last = async () => (await bot.replies(root)).at(-1)?.summary;
  const unavailable = (more = {}) =>
    new Fault('unavailable', 'x', `PagerDuty answers 503: ${knownSecret}`, 'a', undefined, more);

  it('is done once, and the card says by whom and when; what is said beside it goes first', async () => {
    expect(await card()).toContain('PagerDuty Q1: with Ticket you can acknowledge, comment, resolve');
    await askFor(bot, 'rae', root, { what: 'Resolve in PagerDuty', note: 'fixed by hand' });
    await askFor(bot, 'ada', root, { what: 'Resolve in PagerDuty', note: '' });
    expect(await card()).toContain('resolve waits, asked by rae');
    expect(await bot.told('ada', root)).toContain('That was asked for already and is being done.');
    await perform();
    await perform();
    expect(orders.map(({ action }) => action)).toEqual(['comment', 'resolve']);
    expect(orders[0]?.note).toBe('rae: fixed by hand');
    expect(await card()).toMatch(/PagerDuty Q1: resolved .*, asked by rae/);
    const events = await bot.within(({ audit }) => audit.after(0, 100));
    expect(events.map(({ event }) => event).filter((event) => event.startsWith('tickets.'))).toEqual([
      'tickets.asked',
      'tickets.settled',
      'tickets.settled',
    ]);
  });

  it('is for responders, for what goes on, and only where the system can do it', async () => {
    const action = actionOf((await bot.replies(root))[0], 'ticket');
    await bot.submit('vic', root, action, { what: 'Acknowledge in PagerDuty' });
    expect((await bot.told('vic', root)).at(-1)).toContain('responder');
    expect(await bot.submit('rae', root, action, { what: 'Escalate in PagerDuty' })).toMatchObject({
      kind: 'invalid',
    });
    expect(await bot.submit('rae', root, action, { what: 'Comment in PagerDuty', note: ' ' })).toMatchObject({
      kind: 'invalid',
    });
    await handAlerts(bot, fires({ state: 'resolved', changedAt: 1e13 }));
    expect(await bot.submit('rae', root, action, { what: 'Resolve in PagerDuty' })).toMatchObject({
      kind: 'invalid',
    });
    await perform();
    expect(orders).toEqual([]);
  });

  it('is told to the thread in the words of whoever refuses it, without secrets', async () => {
    faults.push(new Fault('rejected', 'x', `PagerDuty answers 400: no such user ${knownSecret}`, 'a'));
    await askFor(bot, 'rae', root, { what: 'Acknowledge in PagerDuty' });
    await perform();
    expect(await last()).toMatch(
      /PagerDuty Q1, asked by rae: acknowledge refused: PagerDuty answers 400: no such/,
    );
    expect(await last()).not.toContain(knownSecret);
    expect(await card()).toContain('acknowledge refused');
  });

  it('is done where it was so already, which the card says and the thread is not told', async () => {
    faults.push(new Fault('rejected', 'x', 'PagerDuty answers 400: Incident Already Resolved', 'a'));
    await askFor(bot, 'rae', root, { what: 'Resolve in PagerDuty' });
    const before = await last();
    await perform();
    expect(await card()).toMatch(/PagerDuty Q1: resolved .* \(it was so already\), asked by rae/);
    expect(await last()).toBe(before);
  });

  it('is tried again when it may be, not before its time, and never twice when that could do it twice', async () => {
    faults.push(unavailable({ retryAfterMs: 1 }), unavailable());
    await askFor(bot, 'rae', root, { what: 'Acknowledge in PagerDuty' });
    await perform();
    expect(await card()).toContain('acknowledge waits: PagerDuty answers 503');
    await perform();
    expect(orders).toHaveLength(1);
    await askFor(bot, 'rae', root, { what: 'Comment in PagerDuty', note: 'on it' });
    await perform();
    await perform();
    expect(orders.map(({ action }) => action)).toEqual(['acknowledge', 'comment']);
    expect(await last()).toContain('comment may have been done or not');
  });

  it('survives whoever died while asking: done again where that is safe, said where it is not', async () => {
    await askFor(bot, 'rae', root, { what: 'Acknowledge in PagerDuty', note: 'on it' });
    const dead = await bot.within(({ alertTickets }) => alertTickets.claim(10, 0));
    expect(dead.map(({ isInterrupted }) => isInterrupted)).toEqual([false, false]);
    await perform();
    expect(orders.map(({ action, isRepeated }) => [action, isRepeated])).toEqual([['acknowledge', true]]);
    expect(await last()).toContain('comment may have been done or not');
    const late = await bot.within(({ alertTickets }) =>
      Promise.all(dead.map((one) => alertTickets.settle(one, { state: 'refused', reason: 'late' }))),
    );
    expect(late).toEqual([undefined, undefined]);
  });

  it('is offered nowhere where no system is set up', async () => {
    const other = await createOwnBot(db);
    await handAlerts(other, fires());
    const [shown] = await other.replies(await other.opened());
    expect(buttonsOf(shown).map(({ action }) => action.verb)).not.toContain('ticket');
  });
});

describeWithPeer('alertmanager', 'a silence asked for on a card', () =>
  describeOnEmbedded('of a real Alertmanager', (open) => {
    let db: TestDatabase;
    let manager: Awaited<ReturnType<typeof startAlertmanager>>;
    beforeAll(async () => {
      db = await open();
      manager = await startAlertmanager({ webhook: 'http://127.0.0.1:9/', secret: 'not-used' });
    });
    afterAll(() => manager.stop());

    it('is there in a real Alertmanager, once, for exactly the labels of the alert', async () => {
      const url = `http://127.0.0.1:${manager.port}`;
      const system = createAlertmanagerTickets({ url, token: null });
      await system.check(AbortSignal.timeout(5_000));
      const bot = await createOwnBot(db, {}, { tickets: [shared(system)] });
      const labels = { alertname: 'DiskFull', path: 'C:\\"x" {y}', service: 'web' };
      await handAlerts(bot, someAlert({ ticket: { key: 'a', name: 'DiskFull', labels } }));
      const root = await bot.opened();
      const what = { what: 'Silence in Alertmanager', for: '1 hour', note: 'known disk' };
      await askFor(bot, 'rae', root, what);
      const [claimed] = await bot.within(({ alertTickets }) => alertTickets.claim(1, 0));
      if (!claimed) throw new Error('nothing was asked');
      // Whoever died did it, and could not say so.
      await system.act({ ...claimed, isRepeated: false }, AbortSignal.timeout(5_000));
      await createPerformTickets(bot.core)(bot.workspace);
      await bot.settle();
      const silences = (await (await fetch(`${url}/api/v2/silences`)).json()) as readonly {
        matchers: readonly { name: string; value: string }[];
        comment: string;
        startsAt: string;
        endsAt: string;
        status: { state: string };
      }[];
      expect(silences).toHaveLength(1);
      const [silence] = silences;
      expect(Object.fromEntries(silence?.matchers.map(({ name, value }) => [name, value]) ?? [])).toEqual(
        labels,
      );
      expect(silence?.comment).toContain('rae: known disk');
      expect(silence?.status.state).toBe('active');
      const lasts = Date.parse(silence?.endsAt ?? '') - Date.parse(silence?.startsAt ?? '');
      expect(Math.abs(lasts - 3_600_000)).toBeLessThan(5_000);
      expect(textOf((await bot.replies(root))[0] ?? { summary: '', tone: 'plain', blocks: [] })).toMatch(
        /Alertmanager DiskFull: silenced/,
      );
      const refused = {
        ...claimed,
        ticket: { ...claimed.ticket, labels: { 'bad name': 'x' } },
        isRepeated: false,
      };
      await expect(system.act(refused, AbortSignal.timeout(5_000))).rejects.toMatchObject({
        kind: 'rejected',
      });
    });
  }),
);
