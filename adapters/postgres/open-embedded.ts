import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite } from 'pg-boss';
import { Fault } from '#domain/fault.ts';
import { createPglite } from './create-pglite.ts';
import type { OpenDatabase } from './database.ts';
import { forgetFormer } from './forget-former.ts';
import { migrationsFolder } from './migrations-folder.ts';

const initialise = fileURLToPath(new URL('./initialise-embedded.ts', import.meta.url));

/**
 * Opens PGlite in `directory`, made at first use. Whoever calls this holds the data lock (`data-lock.ts`):
 * PGlite itself takes none, and two processes on one directory lose rows.
 */
export async function openEmbedded(directory: string): Promise<OpenDatabase> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialiseInChild(directory);
  return wrapPglite(await openPglite(directory));
}

/** A PGlite that lives in memory, or one loaded from a dump; for tests and restores. */
export async function openInMemory(dump?: Blob): Promise<OpenDatabase> {
  return wrapPglite(await createPglite(dump ? { loadDataDir: dump } : {}));
}

/** Opens a data directory, or throws a Fault that says what to do. */
export async function openPglite(directory: string): Promise<PGlite> {
  try {
    return await createPglite({ dataDir: directory });
  } catch (cause) {
    throw new Fault(
      'unavailable',
      'embedded-database',
      `The embedded database in ${directory} does not open: ${String(cause)}`,
      'If the folder was copied while Recourse ran, restore a backup: npm run -s recourse -- restore FILE.',
      cause,
    );
  }
}

function wrapPglite(client: PGlite): OpenDatabase {
  const database = drizzle(client);
  return {
    engine: 'embedded',
    database,
    jobs: { db: fromPglite(client), backend: 'pglite' },
    forgetFormer: () => forgetFormer(database),
    endStandstill: async () => undefined,
    migrate: () => migrate(database, { migrationsFolder }),
    dump: () => client.dumpDataDir('gzip'),
    close: () => client.close(),
  };
}

/** initdb needs 200 MB that the process would keep; a child gives them back. */
async function initialiseInChild(directory: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['--no-warnings', initialise, directory]);
}
