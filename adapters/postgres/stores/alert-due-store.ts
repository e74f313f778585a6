import { type SQL, sql } from 'drizzle-orm';
import type { AlertDue } from '#domain/alert/alert-due.ts';
import type { AlertDueStore } from '#ports/stores/alert-due-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAlertDueStore({ executor, workspace }: StoreScope): AlertDueStore {
  return {
    set: async ({ incident, kind, subject }, inMs) => {
      const [row] = await readRows<{ isNew: boolean }>(
        executor,
        sql`
        insert into alert_dues (workspace_id, incident_id, kind, subject, due_at)
        values (${workspace}, ${incident}, ${kind}, ${subject}, now() + make_interval(secs => ${inMs / 1000}::float8))
        on conflict (workspace_id, incident_id, kind, subject) do update set due_at = excluded.due_at
        returning xmax = 0 as "isNew"`,
      );
      return row?.isNew ?? false;
    },
    drop: async ({ incident, kind, subject }) => {
      await executor.execute(sql`
        delete from alert_dues where incident_id = ${incident} and kind = ${kind} and subject = ${subject}`);
    },
    take: (limit) => readRows<AlertDue>(executor, takeDues(limit)),
  };
}

/** Of two that ask at once, one gets each. */
export const takeDues = (limit: number): SQL => sql`
  with due as (
    select workspace_id, incident_id, kind, subject from alert_dues
    where due_at <= now() order by due_at limit ${limit} for update skip locked)
  delete from alert_dues d using due
  where (d.workspace_id, d.incident_id, d.kind, d.subject)
    = (due.workspace_id, due.incident_id, due.kind, due.subject)
  returning d.incident_id as incident, d.kind, d.subject`;
