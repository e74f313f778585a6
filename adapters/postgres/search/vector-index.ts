import { sql } from 'drizzle-orm';
import type { Database, Executor, OpenDatabase } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { translateFault } from '../translate-fault.ts';
import {
  inSpace,
  type VectorIndex,
  type VectorSpace,
  vectorIndexOf,
  vectorIndexPrefix,
} from './vector-space.ts';

/**
 * Sees to it that a space with many vectors has its index, and then that no other model has one. The work goes on
 * beside the caller, because an index can take minutes and a stop must not wait for it; what fails is thrown by the
 * next call. None on the embedded database: making one blocks the process for half a minute at 10,000 vectors, which
 * an exact scan compares in 25 ms.
 */
export function createIndexKeeper({ engine, database }: Pick<OpenDatabase, 'engine' | 'database'>) {
  let working = false;
  let failure: unknown;
  return (space: VectorSpace): void => {
    const before = failure;
    failure = undefined;
    if (before !== undefined) throw before;
    if (working || engine === 'embedded') return;
    working = true;
    const tend = async (): Promise<void> => {
      await ensureVectorIndex(database, space);
      await dropOtherIndexes(database, space);
    };
    void translateFault(tend)
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        working = false;
      });
  };
}

/** Whether a workspace has more vectors of a space than a search compares one by one. */
export async function hasMany(executor: Executor, space: VectorSpace, exactUpTo: number): Promise<boolean> {
  const rows = await readRows(
    executor,
    sql`select 1 from search_embeddings where ${inSpace(space)} offset ${exactUpTo} limit 1`,
  );
  return rows.length > 0;
}

/**
 * Makes sure that the HNSW index of a space is there and whole. As the owner and outside of any workspace: the
 * application role may not make one. It neither blocks writers nor keeps a transaction open; one that was broken off
 * is made anew.
 */
export async function ensureVectorIndex(database: Database, space: VectorSpace): Promise<void> {
  const index = vectorIndexOf(space);
  if (index === undefined) return;
  const state = await readState(database, index);
  if (state === 'whole' || state === 'being built') return;
  if (state === 'broken') await dropIndex(database, index.name);
  await createIndex(database, index);
}

type State = 'missing' | 'whole' | 'being built' | 'broken';

async function readState(database: Database, { name }: VectorIndex): Promise<State> {
  const [row] = await readRows<{ state: State }>(
    database,
    sql`select case when indisvalid then 'whole'
        when exists (select from pg_stat_progress_create_index where index_relid = indexrelid) then 'being built'
        else 'broken' end as state
      from pg_index where indexrelid = to_regclass(${name})`,
  );
  return row?.state ?? 'missing';
}

/** Denser than pgvector's default: of 1,000 filtered questions it missed the five nearest in 1 instead of in 6. */
const density = sql.raw('m = 24, ef_construction = 200');

async function createIndex(
  database: Database,
  { name, type, operators, predicate }: VectorIndex,
): Promise<void> {
  await database.execute(sql`create index concurrently if not exists ${sql.identifier(name)} on search_embeddings
    using hnsw ((embedding::${type}) ${operators}) with (${density}) where ${predicate}`);
}

/** Indexes of other models: nothing searches them any more. */
async function dropOtherIndexes(database: Database, space: VectorSpace): Promise<void> {
  const rows = await readRows<{ name: string }>(
    database,
    sql`select indexrelid::regclass::text as name from pg_index where indrelid = 'search_embeddings'::regclass`,
  );
  const own = vectorIndexOf(space)?.name;
  for (const { name } of rows)
    if (name.startsWith(vectorIndexPrefix) && name !== own) await dropIndex(database, name);
}

async function dropIndex(database: Database, name: string): Promise<void> {
  await database.execute(sql`drop index concurrently if exists ${sql.identifier(name)}`);
}
