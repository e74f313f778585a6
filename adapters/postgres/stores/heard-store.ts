import { sql } from 'drizzle-orm';
import type { HeardReaction, HeardStore } from '#ports/stores/heard-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** Read once a connection, not once a message: whole days of the inbox are gone through. */
export function createHeardStore({ executor }: StoreScope): HeardStore {
  return {
    lastAt: async () => {
      const [row] = await readRows<{ ms: number | null }>(
        executor,
        sql`select (extract(epoch from max(received_at)) * 1000)::float8 as ms from inbox`,
      );
      return row?.ms ?? null;
    },
    threads: (days, limit) =>
      readRows(
        executor,
        sql`
          select channel, thread from incidents where opened_at > now() - make_interval(days => ${days})
          order by opened_at desc limit ${limit}`,
      ),
    reactions: (days) =>
      readRows<HeardReaction>(
        executor,
        sql`
          with heard as (
            select distinct on (channel, message, person, emoji) * from (
              select intent->'place'->>'channel' as channel, intent->>'messageId' as message,
                intent->'speaker'->>'externalId' as person, intent->>'emoji' as emoji,
                intent->>'change' as change, received_at
              from inbox
              where received_at > now() - make_interval(days => ${days})
                and intent->>'kind' = 'reaction-changed') reactions
            order by channel, message, person, emoji, received_at desc)
          select channel, message as "messageId", person as "personExternalId", emoji
          from heard where change = 'added'`,
      ),
  };
}
