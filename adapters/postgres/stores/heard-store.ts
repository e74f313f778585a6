import { and, desc, eq, sql } from 'drizzle-orm';
import type { HeardReaction, HeardStore } from '#ports/stores/heard-store.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { heardGaps } from '../schema/channels.ts';
import { reactions } from '../schema/deliveries.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** Read once a connection, not once a message: whole days of the inbox are gone through. */
export function createHeardStore(scope: StoreScope): HeardStore {
  const { executor, workspace } = scope;
  return {
    lastAt: async () => {
      const [row] = await readRows<{ ms: number | null }>(
        executor,
        sql`select (extract(epoch from max(received_at)) * 1000)::float8 as ms from inbox`,
      );
      return row?.ms ?? null;
    },
    gap: async () => {
      const [gap] = await executor.select({ since: heardGaps.since }).from(heardGaps);
      return gap?.since ?? null;
    },
    openGap: async (since) => {
      await executor
        .insert(heardGaps)
        .values({ workspaceId: workspace, since })
        .onConflictDoUpdate({
          target: heardGaps.workspaceId,
          set: { since: sql`least(${heardGaps.since}, excluded.since)` },
        });
    },
    closeGap: async () => {
      await executor.delete(heardGaps);
    },
    threads: (days, limit) =>
      readRows(
        executor,
        sql`
          with opened as (
            select channel, thread, opened_at as at from incidents
            where opened_at > now() - make_interval(days => ${days})
            order by opened_at desc limit ${limit}),
          called as (
            select p.channel, p.external_id as thread, p.created_at as at
            from alert_escalation_posts c join posts p on p.id = c.post_id
            where p.thread is null and p.external_id is not null and p.created_at > now() - make_interval(days => ${days})
            order by p.created_at desc limit ${limit})
          select channel, thread from (table opened union all table called) all_threads
          order by at desc limit ${limit}`,
      ),
    ...reactionRows(scope),
    reactions: (days) =>
      readRows<HeardReaction>(
        executor,
        sql`
          select channel, message_id as "messageId", person_external_id as "personExternalId", emoji
          from reactions where at > now() - make_interval(days => ${days}) and change = 'added'`,
      ),
  };
}

function reactionRows({
  executor,
  workspace,
}: StoreScope): Pick<HeardStore, 'noteReaction' | 'emojiOf' | 'emojiOn'> {
  return {
    noteReaction: async ({ at, ofAnswer, ...reaction }) => {
      // Two changes may be microseconds apart.
      const time = at === undefined ? sql`clock_timestamp()` : sql`to_timestamp(${at / 1000}::float8)`;
      const change = { change: reaction.change, at: time } as const;
      const noted = await executor
        .insert(reactions)
        .values({ ...reaction, ...change, ofAnswer: ofAnswer ?? false, workspaceId: workspace })
        .onConflictDoUpdate({
          target: [
            reactions.workspaceId,
            reactions.channel,
            reactions.messageId,
            reactions.personExternalId,
            reactions.emoji,
          ],
          set: { ...change, ...(reaction.change === 'added' && ofAnswer !== undefined && { ofAnswer }) },
          setWhere: sql`${reactions.at} <= excluded.at`,
        })
        .returning({ emoji: reactions.emoji, ofAnswer: reactions.ofAnswer });
      return noted[0];
    },
    emojiOn: (channel, messageId) => emojiOn(executor, channel, messageId),
    emojiOf: async ({ channel, messageId, personExternalId }) => {
      const theirs = and(
        eq(reactions.channel, channel),
        eq(reactions.messageId, messageId),
        eq(reactions.personExternalId, personExternalId),
        eq(reactions.change, 'added'),
      );
      return executor
        .select({ emoji: reactions.emoji, ofAnswer: reactions.ofAnswer })
        .from(reactions)
        .where(theirs)
        .orderBy(desc(reactions.at));
    },
  };
}

async function emojiOn(executor: Executor, channel: string, messageId: string): Promise<readonly string[]> {
  const standing = and(
    eq(reactions.channel, channel),
    eq(reactions.messageId, messageId),
    eq(reactions.change, 'added'),
  );
  const rows = await executor.select({ emoji: reactions.emoji }).from(reactions).where(standing);
  return rows.map(({ emoji }) => emoji);
}
