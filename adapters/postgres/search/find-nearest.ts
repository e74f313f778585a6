import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { SearchFilter } from '#ports/solution-search.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import { filterCondition } from './filter-condition.ts';
import { inSpace, type VectorIndex, vectorIndexOf } from './vector-space.ts';

/** A text as a vector, and the model that made it. */
export interface QueryVector {
  readonly model: string;
  readonly values: readonly number[];
}

export interface Nearest {
  readonly id: SolutionId;
  readonly cosine: number;
}

export interface NearestQuery {
  readonly vector: QueryVector;
  readonly filter?: SearchFilter | undefined;
  readonly limit: number;
  /** With at most so many vectors to compare all of them are; with more, an HNSW index chooses, if there is one. */
  readonly exactUpTo: number;
  readonly scan?: IndexScan;
}

/** How far an index is followed: candidates held at once, and vectors looked at before it gives up. */
export interface IndexScan {
  readonly candidates: number;
  readonly vectors: number;
}

const generously: IndexScan = { candidates: 200, vectors: 40_000 };

/**
 * The solutions in force nearest in meaning, nearest first, of those that the filter allows. Nothing is lost to the
 * index: where it brings too few, because other workspaces or the filter starve it, everything is compared.
 */
export async function findNearest(executor: Executor, query: NearestQuery): Promise<readonly Nearest[]> {
  const index = vectorIndexOf(spaceOf(query.vector));
  const found =
    index && (await isWorthwhile(executor, query, index)) ? await findByIndex(executor, query, index) : [];
  return found.length >= query.limit ? found : findExactly(executor, query);
}

const spaceOf = ({ model, values }: QueryVector) => ({ model, dimensions: values.length });

/**
 * Whether there is an index, and more than `exactUpTo` vectors in the workspace. What the filter leaves of them is not
 * counted: that takes longer than finding the nearest.
 */
async function isWorthwhile(
  executor: Executor,
  query: NearestQuery,
  { name }: VectorIndex,
): Promise<boolean> {
  const rows = await readRows<{ many: boolean }>(
    executor,
    sql`select exists (select from pg_index where indexrelid = to_regclass(${name}) and indisvalid)
      and exists (select from search_embeddings where ${inSpace(spaceOf(query.vector))}
        offset ${query.exactUpTo}) as many`,
  );
  return one(rows).many;
}

function findExactly(executor: Executor, query: NearestQuery): Promise<readonly Nearest[]> {
  const asked = sql`${literalOf(query.vector)}::text::vector`;
  return readRows<Nearest>(
    executor,
    sql`select embedding.solution_id as id, 1 - (embedding.embedding <=> ${asked}) as cosine ${eligible(query)}
      order by embedding.embedding <=> ${asked}, embedding.solution_id limit ${query.limit}`,
  );
}

async function findByIndex(
  executor: Executor,
  query: NearestQuery,
  index: VectorIndex,
): Promise<readonly Nearest[]> {
  await steerToIndex(executor, query.scan ?? generously);
  const found = await readRows<Nearest>(executor, nearestByIndex(query, index));
  // The index may order by half precision; these numbers are exact.
  return found.toSorted((one, other) => other.cosine - one.cosine || (one.id < other.id ? -1 : 1));
}

/**
 * For the rest of the transaction. The planner underestimates how soon an ordered scan has enough rows; sorting is
 * the only other way, so forbidding it leaves the index. The iterative scan goes on until the filter has let enough
 * rows through; `relaxed_order` keeps what a later turn finds nearer, where `strict_order` would discard it.
 */
async function steerToIndex(executor: Executor, { candidates, vectors }: IndexScan): Promise<void> {
  await executor.execute(sql`select set_config('hnsw.iterative_scan', 'relaxed_order', true),
    set_config('hnsw.ef_search', ${String(candidates)}, true), set_config('hnsw.max_scan_tuples', ${String(vectors)}, true),
    set_config('hnsw.scan_mem_multiplier', '8', true), set_config('enable_sort', 'off', true), set_config('jit', 'off', true)`);
}

/** Exported for the test that explains it. */
export function nearestByIndex(query: NearestQuery, { type }: VectorIndex): SQL {
  const values = literalOf(query.vector);
  return sql`
    with near as materialized (
      select embedding.solution_id, embedding.embedding ${eligible(query)}
      order by embedding.embedding::${type} <=> ${values}::text::${type} limit ${query.limit}
    )
    select solution_id as id, 1 - (embedding <=> ${values}::text::vector) as cosine from near`;
}

const literalOf = ({ values }: QueryVector): string => JSON.stringify(values);

/** The vectors of the model that belong to solutions in force and pass the filter. */
function eligible({ vector, filter }: NearestQuery): SQL {
  return sql`from (select * from search_embeddings where ${inSpace(spaceOf(vector))}) as embedding
    join search_documents document on document.solution_id = embedding.solution_id
    where ${filterCondition(filter)} and exists (select from solution_versions version
      where version.solution_id = embedding.solution_id and version.state = 'active')`;
}
