import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';

/** Vectors that compare with one another. */
export interface VectorSpace {
  readonly model: string;
  readonly dimensions: number;
}

/** What pgvector can index, by the longest vector; half precision is enough to choose candidates. */
const indexable = [
  { type: 'vector', longest: 2_000 },
  { type: 'halfvec', longest: 4_000 },
] as const;

/** How the HNSW index of a space is spelled; query and index must agree to the letter. */
export interface VectorIndex {
  readonly name: string;
  /** Of the form `vector(1536)`. */
  readonly type: SQL;
  readonly operators: SQL;
  /** Which rows it holds, over unqualified columns of search_embeddings. */
  readonly predicate: SQL;
}

export const vectorIndexPrefix = 'search_embeddings_hnsw_';

/** Undefined when the vectors are too long for any index. */
export function vectorIndexOf({ model, dimensions }: VectorSpace): VectorIndex | undefined {
  const type = indexable.find(({ longest }) => dimensions <= longest)?.type;
  if (type === undefined) return undefined;
  const digest = createHash('sha256').update(model).digest('hex').slice(0, 16);
  return {
    name: `${vectorIndexPrefix}${digest}_${dimensions}`,
    type: sql.raw(`${type}(${dimensions})`),
    operators: sql.raw(`${type}_cosine_ops`),
    predicate: inSpace({ model, dimensions }),
  };
}

/** Rows of a space. As constants, because a plan with parameters cannot know that a partial index holds them. */
export function inSpace({ model, dimensions }: VectorSpace): SQL {
  return sql.raw(`model = ${literal(model)} and dimensions = ${Number(dimensions)}`);
}

/** Standard strings know no escape but the doubled quote. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
