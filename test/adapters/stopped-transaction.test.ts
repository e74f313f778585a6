import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { translateFault } from '#adapters/postgres/translate-fault.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { describeWithPeer } from '#test/support/peers.ts';

const idleMs = 600;

/** Nothing of this process goes on meanwhile, as when it is stopped. */
const standStill = (ms: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describeWithPeer('postgres', 'a process that is stopped within a transaction', (serverUrl) => {
  let fresh: Awaited<ReturnType<typeof createFreshDatabase>>;
  let stopped: OpenDatabase;
  let other: OpenDatabase;
  beforeAll(async () => {
    fresh = await createFreshDatabase(serverUrl);
    stopped = openServer(fresh.url, idleMs);
    other = openServer(fresh.url);
    await other.database.execute(sql`create table things (id int primary key, owner text)`);
    await other.database.execute(sql`insert into things values (1, 'nobody')`);
  });
  afterAll(async () => {
    await stopped?.close();
    await other?.close();
    await fresh?.drop();
  });

  const take = (by: OpenDatabase, owner: string, then: () => Promise<void> | void = () => undefined) =>
    translateFault(() =>
      by.database.transaction(async (transaction) => {
        await transaction.execute(sql`update things set owner = ${owner} where id = 1`);
        await then();
        await transaction.execute(sql`insert into things values (2, 'the stopped one')`);
      }),
    );
  const things = (by: OpenDatabase) =>
    readRows<{ owner: string }>(by.database, sql`select owner from things order by id`);
  const withdraw = () => other.database.execute(sql`delete from things where id = 2`);

  it('keeps no lock from the others for long, and changes nothing when it goes on', async () => {
    let taken: Promise<void> | undefined;
    const taking = take(stopped, 'the stopped one', async () => {
      taken = take(other, 'the other');
      await sleep(idleMs * 3);
    });
    await expect(taking).rejects.toMatchObject({ kind: 'unavailable', code: 'database-down' });
    await taken;
    expect(await things(other)).toEqual([{ owner: 'the other' }, { owner: 'the stopped one' }]);
    await withdraw();
  });

  it('changes nothing when it goes on before it has heard of its end, and lives on', async () => {
    const taking = take(stopped, 'the stopped one', () => standStill(idleMs * 3));
    await expect(taking).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await things(other)).toEqual([{ owner: 'the other' }]);
    expect(await things(stopped)).toEqual([{ owner: 'the other' }]);
  });

  it('asks nothing of a connection that somebody ended, and lives on', async () => {
    const taking = stopped.database.transaction(async (transaction) => {
      const [own] = await readRows<{ pid: number }>(transaction, sql`select pg_backend_pid() as pid`);
      await other.database.execute(sql`select pg_terminate_backend(${own?.pid})`);
      await sleep(200);
      await transaction.execute(sql`insert into things values (2, 'the ended one')`);
    });
    await expect(translateFault(() => taking)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await things(stopped)).toEqual([{ owner: 'the other' }]);
  });

  it('keeps no lock though it was stopped in the middle of a statement, where the server never ends it', async () => {
    const stuck = new Worker(new URL('../support/stuck-in-transaction.ts', import.meta.url), {
      workerData: fresh.url,
    });
    await once(stuck, 'message');
    const sessions = () =>
      readRows<{ state: string; event: string }>(
        other.database,
        sql`select state, wait_event as event from pg_stat_activity
          where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
      );
    await expect.poll(sessions).toEqual([{ state: 'active', event: 'ClientRead' }]);
    const taking = take(other, 'whoever takes over');
    await sleep(idleMs * 2);
    expect(await sessions()).toHaveLength(2);
    await stopped.endStandstill();
    await taking;
    expect((await things(other))[0]).toEqual({ owner: 'whoever takes over' });
    await stuck.terminate();
    await other.database.execute(sql`update things set owner = 'the other' where id = 1`);
    await withdraw();
  });

  it('is ended though every connection of whoever ends it waits for its lock', async () => {
    const holder = openServer(fresh.url, 60_000);
    const taker = openServer(fresh.url, idleMs);
    const going = new AbortController();
    const held = Promise.withResolvers<void>();
    const holding = holder.database.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(4711)`);
      held.resolve();
      await sleep(60_000, undefined, { signal: going.signal });
    });
    const ended = holding.catch((error: unknown) => error);
    await held.promise;
    const waiting = Array.from({ length: 10 }, () =>
      readRows(taker.database, sql`select pg_advisory_xact_lock(4711)`),
    );
    const waiters = () =>
      readRows<{ count: number }>(
        other.database,
        sql`select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`,
      );
    await expect.poll(waiters, { timeout: 10_000 }).toEqual([{ count: 10 }]);
    await sleep(idleMs * 2);
    const ending = Promise.all([taker.endStandstill(), ...waiting]).then(() => 'ended');
    const first = await Promise.race([ending, sleep(5_000, 'still waits')]);
    going.abort();
    expect(await ended).toBeInstanceOf(Error);
    await ending;
    await Promise.all([holder.close(), taker.close()]);
    expect(first).toBe('ended');
  });

  it('leaves alone what is not of Recourse, though it goes by the same user', async () => {
    const dump = postgres(fresh.url, { max: 1, connection: { application_name: 'pg_dump' } });
    const seen = await dump.begin(async (transaction) => {
      await transaction`select owner from things`;
      await sleep(idleMs * 2);
      await stopped.endStandstill();
      return transaction`select owner from things`;
    });
    expect(seen).toHaveLength(1);
    await dump.end();
  });

  it('still tells the work what the database refuses, and rolls it back', async () => {
    const taking = stopped.database.transaction(async (transaction) => {
      await transaction.execute(sql`insert into things values (2, 'somebody')`);
      await expect(transaction.execute(sql`insert into things values (1, 'again')`)).rejects.toThrow();
      await transaction.execute(sql`select 1`);
    });
    await expect(taking).rejects.toThrow();
    expect(await things(other)).toEqual([{ owner: 'the other' }]);
  });
});
