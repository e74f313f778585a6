import { sql } from 'drizzle-orm';
import type { Operations, OperationsStore } from '#ports/stores/operations-store.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { refusedLately } from './outbox-queries.ts';

export function createOperationsStore({ executor }: StoreScope): OperationsStore {
  return {
    read: async () =>
      one(
        await readRows<Operations>(
          executor,
          sql`
            select
              (select count(*)::int from run_steps where state = 'proposed') as "approvalsPending",
              (select extract(epoch from now() - min(p.created_at))::float8 from run_steps s
                join posts p on p.id = s.post_id where s.state = 'proposed') as "oldestApprovalAge",
              (select coalesce(jsonb_object_agg(state, n), '{}') from
                (select state, count(*) n from runs group by state) by_state) as "runsByState",
              (select count(*)::int from run_steps s join runs r on r.id = s.run_id and r.state = 'active'
                where s.state = 'unknown' and s.part_of is null and not exists (select 1 from run_steps later
                  where later.run_id = s.run_id and later.part_of is null and later.id > s.id)) as "stepsUnknown",
              (select count(*)::int from inbox where state = 'received') as "inboxWaiting",
              (select extract(epoch from now() - min(received_at))::float8 from inbox
                where state = 'received') as "inboxLag",
              (select count(*)::int from inbox where state = 'dead') as "inboxDead",
              (select count(*)::int from posts where sent_revision < revision and not dead) as "outboxWaiting",
              (select extract(epoch from now() - min(waiting_since))::float8 from posts
                where sent_revision < revision and not dead) as "outboxLag",
              (select count(*)::int from posts where ${refusedLately}) as "outboxDead",
              (select extract(epoch from now() - max(folded_at))::float8 from folds) as "lastFoldAge"`,
        ),
      ),
  };
}
