import { eq, sql } from 'drizzle-orm';
import type { OpeningStore } from '#ports/stores/opening-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { threadOpenings } from '../schema/deliveries.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createOpeningStore({ executor, workspace }: StoreScope): OpeningStore {
  return {
    add: async (postId, intent) => {
      await executor.insert(threadOpenings).values({ postId, workspaceId: workspace, intent });
    },
    drop: async (postId) =>
      first(
        await executor
          .delete(threadOpenings)
          .where(eq(threadOpenings.postId, postId))
          .returning({ intent: threadOpenings.intent }),
      )?.intent,
    takeOpened: (limit) =>
      readRows(
        executor,
        sql`
          with opened as (
            select o.post_id, p.external_id from thread_openings o join posts p on p.id = o.post_id
            where p.external_id is not null order by o.post_id limit ${limit} for update of o skip locked)
          delete from thread_openings o using opened where o.post_id = opened.post_id
          returning o.post_id as "postId", opened.external_id as thread, o.intent`,
      ),
  };
}
