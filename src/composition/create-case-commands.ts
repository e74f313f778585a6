import { createFindDuplicates } from '#application/find-duplicates.ts';
import { mergeCases } from '#application/merge-cases.ts';
import { unmergeCase } from '#application/unmerge-case.ts';
import type { CaseCommands } from '#commands/command.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { shellReviewer } from '#domain/review/may-review.ts';
import type { OpenCore } from './open-core.ts';

const by = { externalId: shellReviewer.externalId, name: 'shell' };

/** What the commands of the shell may do with cases: whoever has it is asked for no role, and nothing is hidden from them. */
export function createCaseCommands(
  { core }: Pick<OpenCore, 'core'>,
  workspaceNamed: (named: string | null) => Promise<{ readonly id: WorkspaceId }>,
): CaseCommands {
  const findDuplicates = createFindDuplicates(core);
  return {
    duplicates: async (workspace) => findDuplicates((await workspaceNamed(workspace)).id),
    merge: async (workspace, from, into) =>
      core.unitOfWork.within((await workspaceNamed(workspace)).id, (transaction) =>
        mergeCases(transaction, { from, into, by, refuse: async () => undefined }),
      ),
    unmerge: async (workspace, slug) =>
      core.unitOfWork.within((await workspaceNamed(workspace)).id, (transaction) =>
        unmergeCase(transaction, { slug, by: by.externalId }),
      ),
  };
}
