import { sql } from 'drizzle-orm';
import type { ChatFreeze, FreezeStore } from '#ports/stores/freeze-store.ts';
import { readRows } from '../read-rows.ts';
import { first, one } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

const milliseconds = (column: 'since' | 'until') =>
  sql`(extract(epoch from ${sql.identifier(column)}) * 1000)::float8`;

const columns = sql`reason, set_by as "by", ${milliseconds('since')} as "from", ${milliseconds('until')} as "until"`;

export function createFreezeStore({ executor, workspace }: StoreScope): FreezeStore {
  return {
    current: async () =>
      first(
        await readRows<ChatFreeze>(
          executor,
          sql`select ${columns} from freezes where until is null or until > now()`,
        ),
      ),
    set: async (reason, by, forMs) =>
      one(
        await readRows<ChatFreeze>(
          executor,
          sql`
            insert into freezes (workspace_id, reason, set_by, since, until)
            values (${workspace}, ${reason}, ${by}, now(), now() + make_interval(secs => ${forMs === null ? null : forMs / 1000}::float8))
            on conflict (workspace_id) do update
              set reason = excluded.reason, set_by = excluded.set_by, since = excluded.since, until = excluded.until
            returning ${columns}`,
        ),
      ),
    lift: async () => {
      const lifted = await readRows(
        executor,
        sql`delete from freezes where until is null or until > now() returning 1`,
      );
      return lifted.length > 0;
    },
  };
}
