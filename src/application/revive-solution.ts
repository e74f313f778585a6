import type { WorkspaceId } from '#domain/ids.ts';
import type { Core } from './core.ts';

/**
 * Puts a deprecated solution back into force and into the search. From here on only what is said anew can deprecate it.
 * False when none of that name is deprecated.
 */
export function createReviveSolution({ unitOfWork }: Pick<Core, 'unitOfWork'>) {
  return (workspace: WorkspaceId, slug: string, actor: string): Promise<boolean> =>
    unitOfWork.within(workspace, async ({ solutions, searchIndex, audit }) => {
      const revived = await solutions.revive(slug);
      if (!revived) return false;
      const { id, versionId: version, content } = revived;
      await searchIndex.put([{ id, content }]);
      await audit.append({ actor, event: 'solution.revived', details: { solution: id, version } });
      return true;
    });
}
