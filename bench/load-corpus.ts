import { v7 } from 'uuid';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { Ids } from '#ports/ids.ts';

export interface BenchDatabase {
  readonly open: OpenDatabase;
  readonly workspace: WorkspaceId;
}

export interface BenchSolution {
  readonly slug: string;
  readonly content: SolutionContent;
}

const ids: Ids = { next: <T>() => v7() as T, nonce: () => v7() };

/** A fresh embedded database with these solutions in force, each written and indexed as the product does it. */
export async function loadCorpus(entries: readonly BenchSolution[]): Promise<BenchDatabase> {
  const open = await openInMemory();
  await open.migrate();
  const { id: workspace } = await createWorkspaces(open.database, ids).ensure('playground', 'bench', 'bench');
  const unitOfWork = createUnitOfWork(open.database, ids, () => Promise.resolve());
  for (const { slug, content } of entries) {
    await unitOfWork.within(workspace, async (transaction) => {
      const version = { slug, content, text: slug, origin: slug, author: 'bench', source: 'import' } as const;
      const { id } = await transaction.solutions.put(version);
      await transaction.searchIndex.put(id, content);
    });
  }
  return { open, workspace };
}
