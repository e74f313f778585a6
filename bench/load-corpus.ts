import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';

export interface BenchDatabase {
  readonly open: OpenDatabase;
  readonly workspace: WorkspaceId;
}

export interface BenchSolution {
  readonly slug: string;
  readonly content: SolutionContent;
}

/** Puts solutions in force and into the index as the product does it. */
export type Load = (versions: readonly NewVersion[]) => Promise<unknown>;

/** A workspace on a migrated database, and how the product loads solutions into it. */
export async function prepareWorkspace(
  open: OpenDatabase,
): Promise<{ readonly workspace: WorkspaceId; readonly load: Load }> {
  const ids = createIds();
  const { id: workspace } = await createWorkspaces(open.database, ids).ensure('playground', 'bench', 'bench');
  const loadSolutions = createLoadSolutions({
    unitOfWork: createUnitOfWork(open, ids, () => Promise.resolve()),
  });
  return { workspace, load: (versions) => loadSolutions(workspace, versions) };
}

/** A fresh embedded database with these solutions in force, each written and indexed as the product does it. */
export async function loadCorpus(entries: readonly BenchSolution[]): Promise<BenchDatabase> {
  const open = await openInMemory();
  await open.migrate();
  const { workspace, load } = await prepareWorkspace(open);
  await load(
    entries.map(({ slug, content }) => ({
      slug,
      content,
      text: slug,
      origin: slug,
      author: 'bench',
      source: 'import',
    })),
  );
  return { open, workspace };
}
