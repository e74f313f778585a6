import { sql } from 'drizzle-orm';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { Database, Executor } from '../database.ts';
import { inWorkspace } from '../in-workspace.ts';
import { readRows } from '../read-rows.ts';
import { translateFault } from '../translate-fault.ts';
import { indexFields } from './index-fields.ts';

interface Missing {
  readonly id: SolutionId;
  /** Changes whenever the solution is indexed again. */
  readonly stamp: string;
  readonly content: SolutionContent;
}

/** Solutions a call: one request to the endpoint, and a short transaction. */
const batch = 32;
/** About what small embedding models read. */
const longestText = 4_000;

/**
 * Embeds solutions of a workspace that have no vector of this model yet, one batch a call; returns how many, 0 when
 * all have one. Call it until then. A solution edited meanwhile is left for the next call.
 */
export function createEmbedMissing(database: Database, embedder: Embedder) {
  return async (workspace: WorkspaceId, signal: AbortSignal): Promise<number> => {
    const within = <T>(work: (executor: Executor) => Promise<T>): Promise<T> =>
      translateFault(() => inWorkspace(database, workspace, work));
    const missing = await within((executor) => readMissing(executor, embedder.model));
    if (missing.length === 0) return 0;
    const vectors = await embedder.embed(
      missing.map(({ content }) => textOf(content)),
      signal,
    );
    await within(async (executor) => {
      for (const [index, one] of missing.entries()) {
        const values = vectors[index];
        if (values) await saveVector(executor, workspace, one, embedder.model, values);
      }
    });
    return missing.length;
  };
}

function readMissing(executor: Executor, model: string): Promise<readonly Missing[]> {
  return readRows<Missing>(
    executor,
    sql`select document.solution_id as id, document.xmin::text as stamp, version.content
      from search_documents document
      join solution_versions version
        on version.solution_id = document.solution_id and version.state = 'active'
      where not exists (select from search_embeddings embedding
        where embedding.solution_id = document.solution_id and embedding.model = ${model})
      order by document.solution_id limit ${batch}`,
  );
}

async function saveVector(
  executor: Executor,
  workspace: WorkspaceId,
  { id, stamp }: Missing,
  model: string,
  values: readonly number[],
): Promise<void> {
  await executor.execute(sql`
    insert into search_embeddings (workspace_id, solution_id, model, embedding)
    select ${workspace}::uuid, solution_id, ${model}, ${JSON.stringify(values)}::text::vector
    from search_documents where solution_id = ${id}::uuid and xmin::text = ${stamp}
    on conflict do nothing`);
}

function textOf(content: SolutionContent): string {
  const { title, body } = indexFields(content);
  return `${title}\n\n${body}`.slice(0, longestText);
}
