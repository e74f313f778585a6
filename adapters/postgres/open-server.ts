import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Fault } from '#domain/fault.ts';
import type { OpenDatabase } from './database.ts';
import { leaveClosed } from './leave-closed.ts';
import { migrationsFolder } from './migrations-folder.ts';
import { createServerJobs } from './server-jobs.ts';

/** Any number; the same for every replica, so that only one migrates at a time. */
const migrationLock = 7_265_636;

/** What the sessions of Recourse are called on the server, unless the address says otherwise. */
const ownName = 'recourse';

/**
 * A process that is stopped within a transaction keeps its row locks; after so long the server ends it. Shorter than the lease
 * of a runner, so that whoever takes over waits for no lock.
 */
const idleInTransactionMs = 20_000;

/** Opens a pool on a PostgreSQL server. Nothing is sent before the first query. */
export function openServer(url: string, idleMs = idleInTransactionMs): OpenDatabase {
  const connection = { application_name: ownName, idle_in_transaction_session_timeout: idleMs };
  const options = { connect_timeout: 5, connection, onnotice: () => undefined };
  const client = postgres(url, { ...options, max: 10 });
  // Every connection of the pool may wait for a lock of what stands still, so it is ended over one besides.
  const ending = postgres(url, { ...options, max: 1 });
  const database = drizzle(leaveClosed(client));
  return {
    engine: 'server',
    database,
    jobs: { db: createServerJobs(client), backend: 'postgres' },
    forgetFormer: async () => undefined,
    endStandstill: () => endStandstill(ending, idleMs),
    migrate: () => migrateAlone(client),
    dump: () =>
      Promise.reject(
        new Fault(
          'rejected',
          'backup-server',
          'backup and restore are for the embedded database.',
          'Use pg_dump.',
        ),
      ),
    close: async () => {
      await Promise.all([client.end({ timeout: 5 }), ending.end({ timeout: 5 })]);
    },
  };
}

/**
 * The server's own time-out counts only between statements. The driver asks for the types of a statement first, and a process
 * that is stopped between that and the statement itself is one whose session is active, for ever. A dump or an operator's session
 * may be of the same user, and is not ours to end: it goes by another name.
 */
async function endStandstill(ending: postgres.Sql, idleMs: number): Promise<void> {
  await ending`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
      and application_name = current_setting('application_name')
      and xact_start is not null and wait_event = 'ClientRead'
      and state_change < clock_timestamp() - make_interval(secs => ${idleMs / 1000})`;
}

async function migrateAlone(client: postgres.Sql): Promise<void> {
  const connection = await client.reserve();
  try {
    await connection`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    // The lock belongs to the connection: one that failed must not keep it while it waits in the pool.
    await connection`select pg_advisory_unlock(${migrationLock})`;
    connection.release();
  }
}
