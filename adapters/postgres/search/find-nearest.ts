import { sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';

/** A text as a vector, and the model that made it: vectors of different models do not compare. */
export interface QueryVector {
  readonly model: string;
  readonly values: readonly number[];
}

export interface Nearest {
  readonly id: SolutionId;
  readonly cosine: number;
}

/** The solutions in force nearest in meaning, by an exact scan of the workspace's vectors: no row is ever missed. */
export function findNearest(
  executor: Executor,
  { model, values }: QueryVector,
  limit: number,
): Promise<readonly Nearest[]> {
  const asked = sql`${JSON.stringify(values)}::text::vector`;
  return readRows<Nearest>(
    executor,
    sql`select embedding.solution_id as id, 1 - (embedding.embedding <=> ${asked}) as cosine
      from search_embeddings embedding
      join solution_versions version
        on version.solution_id = embedding.solution_id and version.state = 'active'
      where embedding.model = ${model} and vector_dims(embedding.embedding) = ${values.length}
      order by embedding.embedding <=> ${asked}, embedding.solution_id
      limit ${limit}`,
  );
}
