import { and, eq, sql } from 'drizzle-orm';
import type { RecommendationStore } from '#ports/stores/recommendation-store.ts';
import { comments, feedback } from '../schema/incidents.ts';
import type { StoreScope } from '../unit-of-work.ts';

type Feedback = Pick<RecommendationStore, 'vote' | 'unvote' | 'votes' | 'comment' | 'comments'>;

/** What people say of recommendations: one vote and one comment a person. */
export function createFeedbackRows({ executor, workspace }: StoreScope): Feedback {
  const workspaceId = workspace;
  return {
    vote: async (recommendationId, personId, verdict) => {
      await executor
        .insert(feedback)
        .values({ workspaceId, recommendationId, personId, verdict })
        .onConflictDoUpdate({
          target: [feedback.workspaceId, feedback.recommendationId, feedback.personId],
          set: { verdict, changedAt: sql`now()` },
        });
    },
    unvote: async (id, personId, verdict) => {
      const theirs = and(eq(feedback.recommendationId, id), eq(feedback.personId, personId));
      const removed = await executor
        .delete(feedback)
        .where(and(theirs, eq(feedback.verdict, verdict)))
        .returning({ id: feedback.recommendationId });
      return removed.length > 0;
    },
    votes: (id) =>
      executor
        .select({ personId: feedback.personId, verdict: feedback.verdict, at: feedback.changedAt })
        .from(feedback)
        .where(eq(feedback.recommendationId, id))
        .orderBy(feedback.changedAt),
    comment: async (recommendationId, personId, { text, report }) => {
      await executor
        .insert(comments)
        .values({ workspaceId, recommendationId, personId, text, report })
        .onConflictDoUpdate({
          target: [comments.workspaceId, comments.recommendationId, comments.personId],
          set: { text, report, changedAt: sql`now()` },
        });
    },
    comments: async (id) => {
      const rows = await executor
        .select({ personId: comments.personId, text: comments.text, report: comments.report })
        .from(comments)
        .where(eq(comments.recommendationId, id))
        .orderBy(comments.changedAt);
      return rows.map((row) => ({ ...row, report: row.report ?? {} }));
    },
  };
}
