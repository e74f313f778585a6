import { sql } from 'drizzle-orm';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';

/** A migrated database whose clock is the bench's; `set` takes milliseconds since the epoch. */
export interface ClockedDatabase {
  readonly open: OpenDatabase;
  set(at: number): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * `now()` of every statement and default is found in a schema that is looked through before PostgreSQL's own, and the
 * migrations run with it. The time is the value of a sequence, which all connections see at once. On the server of
 * `serverUrl` it is a database that is made and dropped; without one it is embedded.
 */
export async function openClocked(start: number, serverUrl?: string): Promise<ClockedDatabase> {
  const { open, close } = await openEmpty(serverUrl);
  const set = (at: number) =>
    open.database.execute(sql`select setval('bench_clock.clock', ${Math.round(at)}::bigint)`);
  await open.database.execute(sql`create schema bench_clock`);
  await open.database.execute(sql`create sequence bench_clock.clock`);
  for (const name of ['now', 'clock_timestamp'])
    await open.database.execute(
      sql`create function bench_clock.${sql.identifier(name)}() returns timestamptz language sql stable as
        $$ select to_timestamp(last_value / 1000.0) from bench_clock.clock $$`,
    );
  await open.database.execute(sql`grant usage on schema bench_clock to public`);
  await open.database.execute(sql`grant select on sequence bench_clock.clock to public`);
  await set(start);
  await open.migrate();
  return { open, set, close };
}

const searchPath = 'public, bench_clock, pg_catalog';

async function openEmpty(serverUrl: string | undefined): Promise<Omit<ClockedDatabase, 'set'>> {
  if (serverUrl === undefined) {
    const open = await openInMemory();
    await open.database.execute(sql.raw(`set search_path = ${searchPath}`));
    return { open, close: () => open.close() };
  }
  const { url, drop } = await createFreshDatabase(serverUrl);
  const open = openServer(`${url}?search_path=${encodeURIComponent(searchPath)}`);
  const close = async () => {
    await open.close();
    await drop();
  };
  return { open, close };
}
