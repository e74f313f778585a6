import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createWatchSilences } from '#application/watch-silences.ts';
import type { Silencing } from '#domain/alert/silenced-alert.ts';
import { Fault } from '#domain/fault.ts';
import type { TicketSystem } from '#ports/ticket-system.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { createCallingBot, level } from '#test/support/call-people.ts';
import { describeOnBothEngines, describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { startAlertmanager } from '#test/support/monitoring.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { textOf } from '#test/support/playground-client.ts';
import { alertBegin, minuteMs, someAlert, someRoute } from '#test/support/some-alert.ts';
import { shared } from '#test/support/ticket-access.ts';

/** Looks once each time, and waits until all that follows was shown. */
async function createLook(bot: TestBot, system: TicketSystem): Promise<() => Promise<void>> {
  const workspace = (await bot.core.workspaces.all()).find(({ id }) => id === bot.workspace);
  if (!workspace) throw new Error('no workspace');
  const { alerts } = bot.core.settings;
  const settings = { ...bot.core.settings, alerts: { ...alerts, leadsTo: [someRoute(workspace).to] } };
  const parts = { ...bot.core, settings, tickets: [shared(system)], alertsWaiting: () => undefined };
  const watch = createWatchSilences(parts);
  const fold = createFoldAlerts(bot.core);
  return async () => {
    await watch(workspace);
    while (await fold(bot.workspace));
    await bot.settle();
  };
}

const lookInto = async (bot: TestBot, system: TicketSystem) => (await createLook(bot, system))();

const cardOf = async (bot: TestBot, root: string) => (await bot.replies(root)).slice(0, 1).map(textOf).join();

describeOnBothEngines('alerts that their sender silences', (open) => {
  let db: TestDatabase;
  let silences: readonly Silencing[];
  let goingOn: readonly string[];
  let fault: Fault | undefined;
  const system: TicketSystem = {
    source: 'alertmanager',
    name: 'Alertmanager',
    actions: { silence: 'repeatable' },
    act: async () => undefined,
    silencing: {
      silences: async () => {
        if (fault) throw fault;
        return silences;
      },
      goingOn: async () => new Set(goingOn),
    },
    check: async () => undefined,
  };
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(() => {
    silences = [];
    goingOn = ['a', 'b'];
    fault = undefined;
  });
  const silence = (changes: Partial<Silencing> = {}): Silencing => ({
    id: 's1',
    by: 'jane',
    comment: 'disk is swapped',
    since: alertBegin + minuteMs,
    until: Date.now() + 60 * minuteMs,
    fingerprints: ['a', 'unknown here'],
    ...changes,
  });

  it('say so on their card, with by whom, until when and why, and say when it is over', async () => {
    const bot = await createOwnBot(db);
    await handAlerts(bot, someAlert());
    const root = await bot.opened();
    const look = () => lookInto(bot, system);
    await look();
    expect(await cardOf(bot, root)).toContain('Firing: DiskFull');
    silences = [silence({ comment: `swapped with ${knownSecret}` })];
    await look();
    expect(await cardOf(bot, root)).toMatch(
      /Silenced: DiskFull.*Silenced:? ?in alertmanager until .* UTC, by jane: swapped with/s,
    );
    expect(await cardOf(bot, root)).not.toContain(knownSecret);
    const count = (await bot.replies(root)).length;
    await look();
    // What fires is told again and again.
    await handAlerts(bot, someAlert());
    expect(await cardOf(bot, root)).toContain('Silenced: DiskFull');
    fault = new Fault('unavailable', 'x', 'Alertmanager is away', 'Wait.');
    await look();
    expect(await cardOf(bot, root)).toContain('Silenced: DiskFull');
    expect(await bot.replies(root)).toHaveLength(count);
    fault = undefined;
    silences = [];
    await look();
    expect(await cardOf(bot, root)).toContain('Firing: DiskFull');
    expect(await cardOf(bot, root)).not.toContain('alertmanager until');
    silences = [silence({ id: 's2' })];
    await look();
    expect(await cardOf(bot, root)).toContain('Silenced: DiskFull');
    await handAlerts(bot, someAlert({ state: 'resolved', changedAt: Date.now() }));
    expect(await cardOf(bot, root)).toContain('Resolved: DiskFull');
    silences = [];
    await look();
    expect(await cardOf(bot, root)).toContain('Resolved: DiskFull');
  });

  it('are over when they are not there any more for a while, which nobody is told by itself', async () => {
    const own = await createOwnBot(db);
    let now = Date.now();
    const clock = { ...own.core.clock, now: () => now };
    const bot = { ...own, core: { ...own.core, clock } };
    await handAlerts(bot, someAlert());
    const root = await bot.opened();
    const look = await createLook(bot, system);
    const covers = async (isThere: boolean, laterMinutes: number) => {
      now += laterMinutes * minuteMs;
      goingOn = isThere ? ['a'] : [];
      silences = [silence({ fingerprints: goingOn })];
      await look();
    };
    await covers(true, 0);
    await covers(false, 0);
    await covers(false, 4);
    // It was only away for a moment, as after a start.
    await covers(true, 0);
    await covers(false, 0);
    await covers(false, 4);
    expect(await cardOf(bot, root)).toContain('Silenced: DiskFull');
    await covers(false, 1);
    expect(await cardOf(bot, root)).toContain('Resolved: DiskFull');
    expect((await bot.replies(root)).at(-1)?.summary).toContain('The alert is resolved');
    // An end that is told after all is the same one.
    const told = await handAlerts(bot, someAlert({ state: 'resolved', changedAt: now }));
    expect(told).toMatchObject({ accepted: 0, repeated: 1 });
  });

  it('are some of an incident, and the longest of several silences counts', async () => {
    const bot = await createOwnBot(db);
    await handAlerts(
      bot,
      someAlert({ group: 'g' }),
      someAlert({ group: 'g', fingerprint: 'b', name: 'Slow' }),
    );
    const root = await bot.opened();
    const until = Date.now() + 600 * minuteMs;
    silences = [silence(), silence({ id: 's2', by: 'joe', until })];
    await lookInto(bot, system);
    expect(await cardOf(bot, root)).toMatch(
      /Firing: Slow and 1 more.*by joe, not all of them: disk is swapped/s,
    );
    expect(await cardOf(bot, root)).toMatch(/DiskFull: silenced/);
    silences = [silence()];
    await lookInto(bot, system);
    expect(await cardOf(bot, root)).toMatch(/by jane, not all of them/);
  });

  it('call nobody meanwhile, and people again when it is over', async () => {
    const { bot, pass, called } = await createCallingBot(db, [level(['ada']), level(['ben'])]);
    await handAlerts(bot, someAlert());
    const root = await bot.opened();
    silences = [silence()];
    await lookInto(bot, system);
    await pass();
    expect(await called(root)).toEqual([]);
    silences = [];
    await lookInto(bot, system);
    await pass();
    expect(await called(root)).toEqual(['ada']);
  });
});

describeWithPeer('alertmanager', 'a silence that somebody made', () =>
  describeOnEmbedded('in a real Alertmanager', (open) => {
    let db: TestDatabase;
    let manager: Awaited<ReturnType<typeof startAlertmanager>>;
    beforeAll(async () => {
      db = await open();
      manager = await startAlertmanager({ webhook: 'http://127.0.0.1:9/', secret: 'not-used' });
    });
    afterAll(() => manager.stop());

    it('is shown with the alert that it keeps quiet, and no more once it is taken back', async () => {
      const api = `http://127.0.0.1:${manager.port}/api/v2`;
      const system = createAlertmanagerTickets({ url: `http://127.0.0.1:${manager.port}`, token: null });
      const silences = async () => (await system.silencing?.silences(AbortSignal.timeout(5_000))) ?? [];
      const post = async (path: string, body: unknown) =>
        fetch(`${api}/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const labels = ['web-01', 'web-02'].map((instance) => ({ alertname: 'DiskFull', instance }));
      await post(
        'alerts',
        labels.map((one) => ({ labels: one, startsAt: new Date().toISOString() })),
      );
      const listed = (await (await fetch(`${api}/alerts`)).json()) as readonly {
        fingerprint: string;
        labels: { instance: string };
      }[];
      const fingerprint = listed.find((one) => one.labels.instance === 'web-01')?.fingerprint ?? '';
      const bot = await createOwnBot(db);
      await handAlerts(bot, someAlert({ fingerprint, at: 0 }));
      const root = await bot.opened();
      const made = await post('silences', {
        matchers: [{ name: 'instance', value: 'web-01', isRegex: false, isEqual: true }],
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
        createdBy: 'jane',
        comment: 'disk is swapped',
      });
      const { silenceID } = (await made.json()) as { silenceID: string };
      await expect
        .poll(async () => (await silences())[0]?.fingerprints, {
          timeout: 20_000,
        })
        .toEqual([fingerprint]);
      await lookInto(bot, system);
      expect(await cardOf(bot, root)).toMatch(/Silenced: DiskFull.*by jane: disk is swapped/s);
      await fetch(`${api}/silence/${silenceID}`, { method: 'DELETE' });
      await expect.poll(silences, { timeout: 20_000 }).toEqual([]);
      await lookInto(bot, system);
      expect(await cardOf(bot, root)).toContain('Firing: DiskFull');
    });
  }),
);
