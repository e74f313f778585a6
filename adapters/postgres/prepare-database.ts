import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';
import type { Database, OpenDatabase } from './database.ts';
import { migrationsFolder } from './migrations-folder.ts';
import { readRows } from './read-rows.ts';
import { one } from './rows.ts';
import { translateFault } from './translate-fault.ts';

/** The oldest versions that Recourse is tested with. */
export const oldestPostgres = 16;
export const oldestPgvector = [0, 8] as const;

/** What a database server is, for start-up checks and `doctor`. */
export interface DatabaseVersions {
  readonly postgres: string;
  /** Null when the extension is neither installed nor installable. */
  readonly pgvector: string | null;
  readonly migrationsApplied: number;
  readonly migrationsKnown: number;
}

/** Waits for the server, refuses what does not fit, and brings the schema up to date. */
export async function prepareDatabase(open: OpenDatabase, logger: Logger, patienceMs: number): Promise<void> {
  await waitFor(open.database, logger, patienceMs);
  await translateFault(async () => {
    await installPgvector(open.database);
    refuseUnfit(await readVersions(open.database));
    await open.migrate();
  });
}

async function waitFor(database: Database, logger: Logger, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await translateFault(() => database.execute(sql`select 1`));
      return;
    } catch (error) {
      const hopeless = !(error instanceof Fault && error.kind === 'unavailable') || Date.now() >= deadline;
      if (hopeless) throw error;
      const left = Math.ceil((deadline - Date.now()) / 1000);
      logger.warn({ secondsLeft: left }, 'the database does not answer yet; waiting for it');
      await sleep(1000);
    }
  }
}

/** Any number; the same for every replica. */
const extensionLock = 7_265_638;

/** A plain owner may lack the right; then whoever owns the server has made the extension, or the check below says so. */
async function installPgvector(database: Database): Promise<void> {
  const [known] = await readRows(database, sql`select 1 from pg_extension where extname = 'vector'`);
  const [available] = await readRows(
    database,
    sql`select 1 from pg_available_extensions where name = 'vector'`,
  );
  if (known || !available) return;
  await database.transaction(async (transaction) => {
    // "if not exists" does not keep two that start at once from colliding.
    await transaction.execute(sql`select pg_advisory_xact_lock(${extensionLock})`);
    await transaction.execute(sql`create extension if not exists vector`);
  });
}

export async function readVersions(database: Database): Promise<DatabaseVersions> {
  const rows = await readRows<{ postgres: string; pgvector: string | null; applied: string | null }>(
    database,
    sql`select current_setting('server_version') as postgres,
      (select extversion from pg_extension where extname = 'vector') as pgvector,
      to_regclass('drizzle.__drizzle_migrations')::text as applied`,
  );
  const { postgres, pgvector, applied } = one(rows);
  const known = await knownMigrations();
  return {
    postgres,
    pgvector,
    migrationsKnown: known.length,
    migrationsApplied: applied === null ? 0 : await appliedMigrations(database),
  };
}

async function knownMigrations(): Promise<readonly unknown[]> {
  const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as {
    readonly entries: readonly unknown[];
  };
  return journal.entries;
}

async function appliedMigrations(database: Database): Promise<number> {
  const rows = await readRows<{ count: number }>(
    database,
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return one(rows).count;
}

function refuseUnfit({ postgres, pgvector, migrationsApplied, migrationsKnown }: DatabaseVersions): void {
  if (Number.parseInt(postgres, 10) < oldestPostgres)
    throw unfit(
      'postgres-too-old',
      `PostgreSQL ${postgres} is too old.`,
      `Use PostgreSQL ${oldestPostgres} or newer.`,
    );
  if (pgvector === null || !isRecent(pgvector))
    throw unfit(
      'pgvector-missing',
      pgvector === null ? 'The extension pgvector is not installed.' : `pgvector ${pgvector} is too old.`,
      `Install pgvector ${oldestPgvector.join('.')} or newer and let a superuser run: create extension vector;`,
    );
  if (migrationsApplied > migrationsKnown)
    throw unfit(
      'database-newer',
      `The database has ${migrationsApplied} migrations and this program knows ${migrationsKnown}: it was used by a newer Recourse.`,
      'Start that newer version again, or restore a backup that is as old as this program.',
    );
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestPgvector[0] || (major === oldestPgvector[0] && minor >= oldestPgvector[1]);
}

function unfit(code: string, message: string, advice: string): Fault {
  return new Fault('incompatible', code, message, advice);
}
