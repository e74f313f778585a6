import { and, eq, lt } from 'drizzle-orm';
import type { AnswerStore } from '#ports/stores/answer-store.ts';
import { first } from '../rows.ts';
import { answers } from '../schema/channels.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = {
  channel: answers.channel,
  message: answers.message,
  postId: answers.postId,
  textAt: answers.textAt,
  incidentId: answers.incidentId,
};

export function createAnswerStore({ executor, workspace }: StoreScope): AnswerStore {
  return {
    claim: async (answer) => {
      const claimed = await executor
        .insert(answers)
        .values({ ...answer, workspaceId: workspace })
        .onConflictDoNothing()
        .returning({ message: answers.message });
      return claimed.length > 0;
    },
    renew: async ({ channel, message, textAt, incidentId }) => {
      const older = and(
        eq(answers.channel, channel),
        eq(answers.message, message),
        lt(answers.textAt, textAt),
      );
      const renewed = await executor
        .update(answers)
        .set({ textAt, incidentId })
        .where(older)
        .returning({ message: answers.message });
      return renewed.length > 0;
    },
    of: async (channel, message) =>
      first(
        await executor
          .select(columns)
          .from(answers)
          .where(and(eq(answers.channel, channel), eq(answers.message, message))),
      ),
    behindPost: async (id) =>
      first(await executor.select(columns).from(answers).where(eq(answers.postId, id))),
    inIncident: (id) => executor.select(columns).from(answers).where(eq(answers.incidentId, id)),
  };
}
