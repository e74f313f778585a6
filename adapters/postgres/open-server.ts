import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Fault } from '#domain/fault.ts';
import type { OpenDatabase } from './database.ts';
import { migrationsFolder } from './migrations-folder.ts';
import { createServerJobs } from './server-jobs.ts';

/** Any number; the same for every replica, so that only one migrates at a time. */
const migrationLock = 7_265_636;

/** Opens a pool on a PostgreSQL server. Nothing is sent before the first query. */
export function openServer(url: string): OpenDatabase {
  const client = postgres(url, { max: 10, connect_timeout: 5, onnotice: () => undefined });
  const database = drizzle(client);
  return {
    engine: 'server',
    database,
    jobs: { db: createServerJobs(client), backend: 'postgres' },
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
    close: () => client.end({ timeout: 5 }),
  };
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
