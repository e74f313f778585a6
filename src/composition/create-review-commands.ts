import { type Deciding, decideReview } from '#application/decide-review.ts';
import { createDraftRunbook } from '#application/draft-runbook.ts';
import { findReview } from '#application/find-review.ts';
import { proposeRunbook } from '#application/propose-runbook.ts';
import { viewReview } from '#application/review-versions.ts';
import type { ReviewCommands } from '#commands/command.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { shellReviewer } from '#domain/review/may-review.ts';
import type { OpenCore } from './open-core.ts';

/** Whoever has the shell of the server may read its database: they are asked for no role, but not let approve their own work. */
const shell: Deciding = { ...shellReviewer, name: 'shell' };
const mostListed = 1000;

/** What the commands of the shell may do with what waits for a review. */
export function createReviewCommands(
  { core }: OpenCore,
  workspaceNamed: (named: string | null) => Promise<{ readonly id: WorkspaceId }>,
): ReviewCommands {
  const within = async <T>(
    named: string | null,
    work: Parameters<typeof core.unitOfWork.within<T>>[1],
  ): Promise<T> => core.unitOfWork.within((await workspaceNamed(named)).id, work);
  const draft = createDraftRunbook(core);
  return {
    draft: async (workspace, name) => draft((await workspaceNamed(workspace)).id, name),
    propose: (workspace, { caseSlug, runbook, text }) =>
      within(workspace, (transaction) =>
        proposeRunbook(core, transaction, { caseSlug, runbook, text, author: shell.externalId }),
      ),
    list: (workspace) => within(workspace, ({ reviews }) => reviews.waiting(mostListed)),
    show: (workspace, named) =>
      within(workspace, async (transaction) => {
        const review = await findReview(transaction, named);
        return review === undefined || review === 'ambiguous'
          ? review
          : viewReview(core, transaction, review);
      }),
    decide: (workspace, named, decision) =>
      within(workspace, async (transaction) => {
        const review = await findReview(transaction, named);
        if (review === undefined || review === 'ambiguous') return review;
        return decideReview(core, transaction, shell, { ...decision, id: review.versionId });
      }),
  };
}
