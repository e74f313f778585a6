import type { WorkspaceId } from '#domain/ids.ts';
import type { Core } from './core.ts';

/**
 * Indexes some solutions in force that are not in the index or in the form of an earlier program: after an upgrade,
 * all of them. Answers whether there were any; call it until there are none. A restart goes on where it stopped.
 */
export function createIndexMissing({ unitOfWork }: Pick<Core, 'unitOfWork'>) {
  return (workspace: WorkspaceId): Promise<boolean> =>
    unitOfWork.within(
      workspace,
      async ({ searchIndex }) => (await searchIndex.putMissing(unitOfWork.solutionsAtOnce)) > 0,
    );
}
