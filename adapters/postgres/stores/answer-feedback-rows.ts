import { and, eq, sql } from 'drizzle-orm';
import type { AnswerFeedback } from '#ports/stores/answer-feedback.ts';
import { answerFeedback } from '../schema/channels.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAnswerFeedbackRows({ executor, workspace }: StoreScope): AnswerFeedback {
  const put = async (
    row: Pick<typeof answerFeedback.$inferInsert, 'postId' | 'personId'>,
    set: Pick<typeof answerFeedback.$inferInsert, 'verdict' | 'said'>,
  ) => {
    await executor
      .insert(answerFeedback)
      .values({ workspaceId: workspace, ...row, ...set })
      .onConflictDoUpdate({
        target: [answerFeedback.workspaceId, answerFeedback.postId, answerFeedback.personId],
        set: { ...set, changedAt: sql`now()` },
      });
  };
  return {
    vote: (postId, personId, verdict) => put({ postId, personId }, { verdict }),
    comment: (postId, personId, said) => put({ postId, personId }, { said }),
    unvote: async (postId, personId, verdict) => {
      const theirs = and(eq(answerFeedback.postId, postId), eq(answerFeedback.personId, personId));
      const changed = await executor
        .update(answerFeedback)
        .set({ verdict: null, changedAt: sql`now()` })
        .where(and(theirs, eq(answerFeedback.verdict, verdict)))
        .returning({ id: answerFeedback.postId });
      return changed.length > 0;
    },
    of: (postId) =>
      executor
        .select({
          personId: answerFeedback.personId,
          verdict: answerFeedback.verdict,
          said: answerFeedback.said,
        })
        .from(answerFeedback)
        .where(eq(answerFeedback.postId, postId))
        .orderBy(answerFeedback.changedAt),
  };
}
