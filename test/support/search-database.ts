import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { solutions, solutionVersions } from '#adapters/postgres/schema/knowledge.ts';
import { workspaces } from '#adapters/postgres/schema/workspaces.ts';
import type { SearchModels } from '#adapters/postgres/search/search-models.ts';
import { createSearchIndex } from '#adapters/postgres/stores/search-index.ts';
import type { StoreScope } from '#adapters/postgres/unit-of-work.ts';
import type { SolutionId, VersionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent, VersionState } from '#domain/solution.ts';

const newId = <T extends string>(): T => randomUUID() as T;

/** A workspace of its own in an open, migrated database. */
export async function addWorkspace({ database }: OpenDatabase): Promise<WorkspaceId> {
  const id = newId<WorkspaceId>();
  await database.insert(workspaces).values({ id, platform: 'playground', externalId: id, name: 'test' });
  return id;
}

/** Work as the application in a workspace, with the scope that the stores take. */
export function inScope<T>(
  { database }: OpenDatabase,
  workspace: WorkspaceId,
  work: (scope: StoreScope) => Promise<T>,
): Promise<T> {
  return inWorkspace(database, workspace, (executor) =>
    work({ executor, workspace, ids: { next: newId, nonce: randomUUID } }),
  );
}

/** Models as they are without any: nothing is asked, redacted or logged. */
export const plainModels: SearchModels = {
  embedder: null,
  reranker: null,
  redact: (text) => text,
  logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
};

export interface Entry {
  readonly slug: string;
  readonly content: SolutionContent;
  readonly state?: VersionState;
}

/** Adds solutions and indexes them; returns their ids in order. */
export function addSolutions(
  open: OpenDatabase,
  workspace: WorkspaceId,
  entries: readonly Entry[],
): Promise<readonly SolutionId[]> {
  return inScope(open, workspace, async (scope) => {
    const ids: SolutionId[] = [];
    for (const entry of entries) ids.push(await addSolution(scope, entry));
    return ids;
  });
}

async function addSolution(
  scope: StoreScope,
  { slug, content, state = 'active' }: Entry,
): Promise<SolutionId> {
  const { executor, workspace: workspaceId } = scope;
  const id = newId<SolutionId>();
  await executor
    .insert(solutions)
    .values({ id, workspaceId, slug, kind: content.kind, origin: `${slug}.md` });
  await executor.insert(solutionVersions).values({
    id: newId<VersionId>(),
    workspaceId,
    solutionId: id,
    version: 1,
    author: 'test',
    source: 'import',
    state,
    text: '',
    content,
  });
  await createSearchIndex(scope).put([{ id, content }]);
  return id;
}

/** Lets the planner see what is there. */
export async function analyse({ database }: OpenDatabase): Promise<void> {
  await database.execute(sql`analyze`);
}
