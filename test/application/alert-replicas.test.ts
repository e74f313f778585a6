import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { Core } from '#application/core.ts';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import { Fault } from '#domain/fault.ts';
import { createTestCore } from '#test/support/application.ts';
import { openMigrated, type TestDatabase } from '#test/support/databases.ts';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { alertBegin, minuteMs, someAlert, someRoute } from '#test/support/some-alert.ts';

const fingerprints = 40;
const services = 1000;

/** What each alert does within its hour, told twice each and in an order of its own. */
const told = (): readonly Alert[] => {
  const all = Array.from({ length: fingerprints }, (_, at) => {
    const alert = someAlert({ fingerprint: `f${at}`, name: `Alert${at}` });
    return [
      alert,
      { ...alert, state: 'resolved' as const, changedAt: alertBegin + 5 * minuteMs },
      someAlert({ fingerprint: `f${at}`, name: `Alert${at}`, at: 9 }),
    ];
  }).flat();
  return [...all, ...all]
    .map((alert, at) => ({ alert, place: (at * 97) % 241 }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ alert }) => alert);
};

describeWithPeer('postgres', 'two replicas that lose their database while alerts come in', (serverUrl) => {
  let fresh: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let databases: readonly [TestDatabase, TestDatabase];
  let cores: readonly [Core, Core];
  let unplugger: TestDatabase;
  beforeAll(async () => {
    fresh = await createMigratedDatabase(serverUrl);
    databases = [await openMigrated(fresh.url), await openMigrated(fresh.url)];
    unplugger = await openMigrated(fresh.url);
    cores = [(await createTestCore(databases[0])) as Core, (await createTestCore(databases[1])) as Core];
  });
  afterAll(async () => {
    for (const { open } of [...(databases ?? []), unplugger]) await open?.close();
    await fresh?.drop();
  });

  /** As senders and pumps do: whoever is told that the database is away comes again. */
  const persist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== 'unavailable') throw error;
        await sleep(20);
      }
  };
  const unplug = () =>
    unplugger.open.database.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );

  it('keep every signal, once, each alert in one incident, and no more cards than a channel takes', async () => {
    const [{ workspace, workspaces }] = databases;
    const own = (await workspaces.all()).find(({ id }) => id === workspace);
    if (!own) throw new Error('no workspace');
    const route = someRoute(own);
    let isOver = false;
    const folding = cores.map(async (core) => {
      const fold = createFoldAlerts(core);
      while (!isOver) if (!(await persist(() => fold(workspace)))) await sleep(5);
      while (await persist(() => fold(workspace)));
    });
    const inbounds = cores.map((core) => createReceiveAlerts({ ...core, alertsWaiting: () => undefined }));
    const all = told();
    for (let at = 0; at < all.length; at += 8) {
      if (at % 64 === 32) await unplug();
      const some = all.slice(at, at + 8);
      await Promise.all(
        some.map((alert, index) => persist(async () => inbounds[index % 2]?.receive([{ alert, route }]))),
      );
    }
    isOver = true;
    await Promise.all(folding);
    const [counts] = await inWorkspace(databases[0].open.database, workspace, (executor) =>
      readRows<Record<string, number>>(
        executor,
        sql`select
          (select count(*)::int from alert_events) as signals,
          (select count(*)::int from alert_events where folded_at is null) as waiting,
          (select count(*)::int from alert_states) as states,
          (select count(*)::int from alert_states where rank = 0) as firing,
          (select sum(ends)::int from alert_states) as ends,
          (select count(*)::int from alert_incidents where post_id is null and storm is null) as unseen,
          (select count(*)::int from alert_incidents where post_id is not null) as cards`,
      ),
    );
    expect(counts).toEqual({
      signals: 3 * fingerprints,
      waiting: 0,
      states: fingerprints,
      firing: fingerprints,
      ends: fingerprints,
      unseen: 0,
      cards: expect.any(Number),
    });
    expect(counts?.cards).toBeLessThanOrEqual(defaultAlertSettings.storm.cards + 1);
  });

  it('show a thousand services that fail at once as one storm, each in one incident', async () => {
    const [{ workspace, workspaces }] = databases;
    const own = (await workspaces.all()).find(({ id }) => id === workspace);
    if (!own) throw new Error('no workspace');
    const route = someRoute(own, 'services');
    const inbounds = cores.map((core) => createReceiveAlerts({ ...core, alertsWaiting: () => undefined }));
    const all = Array.from({ length: services }, (_, at) => ({
      alert: someAlert({ fingerprint: `s${at}`, name: 'Down', labels: { service: `svc-${at}` } }),
      route,
    }));
    for (let at = 0; at < all.length; at += 200)
      await Promise.all(
        inbounds.map((inbound, half) => inbound.receive(all.slice(at + half * 100, at + half * 100 + 100))),
      );
    const foldAll = async (core: Core) => {
      const fold = createFoldAlerts(core);
      while (await fold(workspace));
    };
    await Promise.all(cores.map(foldAll));
    // Whoever waited for the other one may have found nothing and gone.
    await foldAll(cores[0]);
    const [counts] = await inWorkspace(databases[0].open.database, workspace, (executor) =>
      readRows<Record<string, number>>(
        executor,
        sql`select count(*)::int as incidents, (count(*) filter (where post_id is not null))::int as cards,
          (count(*) filter (where post_id is null and storm is null))::int as unseen,
          (select count(*)::int from alert_states where channel = 'services' and rank = 0) as firing
          from alert_incidents where channel = 'services'`,
      ),
    );
    const { cards } = defaultAlertSettings.storm;
    expect(counts).toEqual({ incidents: services, cards: cards + 1, unseen: 0, firing: services });
    const posted = await inWorkspace(databases[0].open.database, workspace, (executor) =>
      readRows<{ title: string }>(
        executor,
        sql`select p.reply->>'summary' as title from posts p where p.channel = 'services' order by p.id`,
      ),
    );
    const counted = services - cards;
    expect(posted.at(-1)?.title).toBe(`Alert storm: ${counted} of ${counted} alerts go on`);
  });
});
