import { sql } from 'drizzle-orm';
import { Fault } from '#domain/fault.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { Executor, OpenDatabase } from '../database.ts';
import { inWorkspace } from '../in-workspace.ts';
import { readRows } from '../read-rows.ts';
import { translateFault } from '../translate-fault.ts';
import { embeddingText } from './embedding-text.ts';
import { textArray } from './text-array.ts';
import { createIndexKeeper, hasMany } from './vector-index.ts';
import { inSpace, type VectorSpace } from './vector-space.ts';

export interface EmbedMissingOptions {
  readonly open: Pick<OpenDatabase, 'database' | 'engine'>;
  readonly embedder: Embedder;
  /** What leaves for the endpoint passes this. */
  readonly redact: (text: string) => string;
  /** As in the search settings: with more vectors in a workspace an index is made. */
  readonly exactUpTo: number;
}

interface Missing {
  readonly id: SolutionId;
  readonly hash: string;
  readonly content: SolutionContent;
}

/** Solutions a call: one request to the endpoint, and a short transaction. */
const batch = 32;
/** Old vectors that are deleted in one transaction. */
const removedAtOnce = 200;

/**
 * Gives the solutions of a workspace the vectors of the embedder's model, one batch a call; returns how many vectors
 * it wrote or removed, 0 when there is nothing left to do. Call it until then. Only what has no vector of its present
 * text is embedded, so a run that was broken off goes on where it stopped; a solution edited meanwhile is left for the
 * next call. When all have one, the vectors of other models go.
 */
export function createEmbedMissing({ open, embedder, redact, exactUpTo }: EmbedMissingOptions) {
  const keepIndex = createIndexKeeper(open);
  /** Texts that the endpoint refuses by themselves, until they are edited or the program starts anew. */
  const refused = new Set<string>();
  return async (workspace: WorkspaceId, signal: AbortSignal): Promise<number> => {
    const within = <T>(work: (executor: Executor) => Promise<T>): Promise<T> =>
      translateFault(() => inWorkspace(open.database, workspace, work));
    const space = { model: embedder.model, dimensions: await embedder.dimensions(signal) };
    const missing = await within((executor) => readMissing(executor, space, refused));
    if (missing.length > 0) {
      const embedded = await embedEach(missing, refused, ({ content }) => embeddingText(content, redact), {
        embedder,
        signal,
      });
      await within((executor) => saveVectors(executor, workspace, space.model, embedded));
      return missing.length;
    }
    const removed = await within((executor) => removeOthers(executor, space.model));
    if (removed > 0) return removed;
    if (await within((executor) => hasMany(executor, space, exactUpTo))) keepIndex(space);
    return 0;
  };
}

interface Embedded extends Missing {
  readonly vector: readonly number[];
}

/** One text that the endpoint refuses must not keep the others waiting: then each is sent alone. */
async function embedEach(
  missing: readonly Missing[],
  refused: Set<string>,
  textOf: (one: Missing) => string,
  by: { readonly embedder: Embedder; readonly signal: AbortSignal },
): Promise<readonly Embedded[]> {
  try {
    const vectors = await by.embedder.embed(missing.map(textOf), by.signal);
    return missing.map((one, at) => ({ ...one, vector: vectors[at] ?? [] }));
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'rejected') throw error;
    const [only, ...others] = missing;
    if (only && others.length === 0) {
      refused.add(keyOf(only));
      return [];
    }
    const alone: Embedded[] = [];
    for (const one of missing) alone.push(...(await embedEach([one], refused, textOf, by)));
    return alone;
  }
}

const keyOf = ({ id, hash }: Pick<Missing, 'id' | 'hash'>): string => `${id} ${hash}`;

function readMissing(
  executor: Executor,
  space: VectorSpace,
  refused: ReadonlySet<string>,
): Promise<readonly Missing[]> {
  return readRows<Missing>(
    executor,
    sql`select document.solution_id as id, document.content_hash as hash, version.content
      from search_documents document
      join solution_versions version
        on version.solution_id = document.solution_id and version.state = 'active'
      where document.solution_id || ' ' || document.content_hash <> all(${textArray([...refused])})
        and not exists (select from search_embeddings embedding where ${inSpace(space)}
        and embedding.solution_id = document.solution_id and embedding.content_hash = document.content_hash)
      order by document.solution_id limit ${batch}`,
  );
}

async function saveVectors(
  executor: Executor,
  workspace: WorkspaceId,
  model: string,
  embedded: readonly Embedded[],
): Promise<void> {
  for (const { id, hash, vector } of embedded) {
    await executor.execute(sql`
      insert into search_embeddings (workspace_id, solution_id, model, embedding, content_hash)
      select ${workspace}::uuid, solution_id, ${model}, ${JSON.stringify(vector)}::text::vector, content_hash
      from search_documents where solution_id = ${id}::uuid and content_hash = ${hash}
      on conflict (workspace_id, model, solution_id)
        do update set embedding = excluded.embedding, content_hash = excluded.content_hash`);
  }
}

async function removeOthers(executor: Executor, model: string): Promise<number> {
  const removed = await readRows(
    executor,
    sql`delete from search_embeddings where (model, solution_id) in
      (select model, solution_id from search_embeddings where model <> ${model} limit ${removedAtOnce})
      returning solution_id`,
  );
  return removed.length;
}
