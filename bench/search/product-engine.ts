import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openEmbedded } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { prepareWorkspace } from '../load-corpus.ts';
import { found, type SearchEngine } from './engine.ts';

/** The product on its embedded database, in a data directory as a bot has it. */
export async function openProductEmbedded(): Promise<SearchEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  const engine = await wrap(await openEmbedded(directory));
  return {
    ...engine,
    close: async () => {
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The product in this empty database on a server. */
export const openProductServer = (url: string): Promise<SearchEngine> => wrap(openServer(url));

async function wrap(open: OpenDatabase): Promise<SearchEngine> {
  await open.migrate();
  const { workspace, load } = await prepareWorkspace(open);
  const search = createSolutionSearch({ database: open.database });
  return {
    load: async (versions) => {
      await load(versions);
    },
    // PGlite has no autovacuum, so there the product must do without as well.
    settle: async () => {
      if (open.engine === 'server') await open.database.execute(sql`vacuum (analyze)`);
    },
    find: async (text) =>
      (await search.find({ workspace, text, limit: found })).map(({ solution }) => solution.slug),
    diskBytes: () => searchBytes(open),
    close: () => open.close(),
  };
}

/** Tables of the search with their indexes and TOAST, whatever the engine of the day calls them. */
async function searchBytes({ database }: OpenDatabase): Promise<number> {
  const rows = await readRows<{ bytes: string }>(
    database,
    sql`select coalesce(sum(pg_total_relation_size(oid)), 0)::text as bytes from pg_class
      where relkind in ('r', 'm') and relnamespace = 'public'::regnamespace and relname like 'search\\_%'`,
  );
  return Number(rows[0]?.bytes);
}
