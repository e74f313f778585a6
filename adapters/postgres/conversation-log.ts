import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ConversationLog, LoggedMessage } from '#ports/conversation-log.ts';
import type { Database, Executor } from './database.ts';
import { inWorkspace } from './in-workspace.ts';
import { first } from './rows.ts';
import { playgroundMessages as messages, playgroundReactions as reactions } from './schema/deliveries.ts';
import { translateFault } from './translate-fault.ts';

type Row = typeof messages.$inferSelect;

export function createConversationLog(database: Database): ConversationLog {
  const within = <T>(workspace: WorkspaceId, work: (executor: Executor) => Promise<T>): Promise<T> =>
    translateFault(() => inWorkspace(database, workspace, work));
  return {
    add: (workspace, { reactions: _, ...message }) =>
      within(workspace, async (executor) => {
        await executor
          .insert(messages)
          .values({ ...message, workspaceId: workspace })
          .onConflictDoNothing();
      }),
    edit: (workspace, id, body, editedAt) =>
      within(workspace, async (executor) => {
        const edited = await executor
          .update(messages)
          .set({ body, editedAt })
          .where(eq(messages.id, id))
          .returning({ id: messages.id });
        return edited.length > 0;
      }),
    react: (workspace, id, emoji, person, change) =>
      within(workspace, (executor) =>
        react(executor, { workspaceId: workspace, messageId: id, emoji, person }, change),
      ),
    find: (workspace, id) =>
      within(workspace, async (executor) =>
        first(
          await withReactions(executor, await executor.select().from(messages).where(eq(messages.id, id))),
        ),
      ),
    channel: (workspace, channel, limit) =>
      within(workspace, (executor) => readChannel(executor, channel, limit)),
    thread: (workspace, thread, limit) =>
      within(workspace, (executor) => readThread(executor, thread, limit)),
  };
}

async function react(
  executor: Executor,
  row: typeof reactions.$inferInsert,
  change: 'added' | 'removed',
): Promise<boolean> {
  if (change === 'added') {
    const [known] = await executor
      .select({ id: messages.id })
      .from(messages)
      .where(eq(messages.id, row.messageId));
    if (!known) return false;
    const added = await executor.insert(reactions).values(row).onConflictDoNothing().returning();
    return added.length > 0;
  }
  const same = and(
    eq(reactions.messageId, row.messageId),
    eq(reactions.emoji, row.emoji),
    eq(reactions.person, row.person),
  );
  return (await executor.delete(reactions).where(same).returning()).length > 0;
}

async function readChannel(executor: Executor, channel: string, limit: number) {
  // Named in full: drizzle writes a column without its table here, and `id` would be the reply's own.
  const replies = sql<number>`(select count(*)::int from playground_messages reply
    where reply.thread = playground_messages.id and reply.only_for is null)`;
  const rows = await executor
    .select({ message: messages, replies })
    .from(messages)
    .where(and(eq(messages.channel, channel), isNull(messages.thread)))
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(limit);
  const logged = await withReactions(
    executor,
    rows.map((row) => row.message),
  );
  return logged.map((message, index) => ({ message, replies: rows[index]?.replies ?? 0 })).reverse();
}

async function readThread(
  executor: Executor,
  thread: string,
  limit: number,
): Promise<readonly LoggedMessage[]> {
  const root = await executor.select().from(messages).where(eq(messages.id, thread));
  const replies = await executor
    .select()
    .from(messages)
    .where(eq(messages.thread, thread))
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(limit);
  return withReactions(executor, [...root, ...replies.reverse()]);
}

async function withReactions(executor: Executor, rows: readonly Row[]): Promise<readonly LoggedMessage[]> {
  const found = await executor
    .select()
    .from(reactions)
    .where(inArray(reactions.messageId, ['', ...rows.map((row) => row.id)]))
    .orderBy(asc(reactions.emoji), asc(reactions.person));
  return rows.map(({ workspaceId: _, ...row }) => ({
    ...row,
    reactions: Object.fromEntries(
      [
        ...Map.groupBy(
          found.filter((one) => one.messageId === row.id),
          (one) => one.emoji,
        ),
      ].map(([emoji, by]) => [emoji, by.map((one) => one.person)]),
    ),
  }));
}
