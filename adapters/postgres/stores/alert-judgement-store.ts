import { type SQL, sql } from 'drizzle-orm';
import type { AlertVerdict } from '#domain/alert/alert-verdict.ts';
import type { AlertIncidentId, PersonId } from '#domain/ids.ts';
import type { AlertJudgementStore } from '#ports/stores/alert-judgement-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAlertJudgementStore(scope: StoreScope): AlertJudgementStore {
  return { ...judging(scope), ...snoozing(scope) };
}

function judging({
  executor,
  workspace,
}: StoreScope): Pick<AlertJudgementStore, 'judge' | 'verdict' | 'unjudged'> {
  return {
    judge: async (id, verdict, by) => {
      await executor.execute(sql`
        insert into alert_verdicts (workspace_id, incident_id, verdict, person_id)
        values (${workspace}, ${id}, ${verdict}, ${by})
        on conflict (incident_id) do update set verdict = excluded.verdict, person_id = excluded.person_id, at = now()`);
      await executor.execute(sql`update alert_states set verdict = ${verdict} where incident_id = ${id}`);
    },
    verdict: async (id) =>
      first(
        await readRows<{ verdict: AlertVerdict; by: PersonId; of: number }>(
          executor,
          sql`select v.verdict, v.person_id as by, count(*) filter (where s.verdict = v.verdict)::int as of
            from alert_verdicts v join alert_states s on s.incident_id = v.incident_id
            where v.incident_id = ${id} group by v.incident_id`,
        ),
      ),
    unjudged: async (id) =>
      first(
        await readRows<{ name: string }>(
          executor,
          sql`select name from alert_states where incident_id = ${id} and verdict is null and rank < 2
            order by began_at, fingerprint limit 1`,
        ),
      )?.name,
  };
}

function snoozing({
  executor,
  workspace,
}: StoreScope): Pick<AlertJudgementStore, 'snooze' | 'wake' | 'snoozed'> {
  return {
    snooze: async (id, forMs, by) => {
      await executor.execute(sql`
        insert into alert_snoozes (workspace_id, channel, source, fingerprint, until, person_id)
        select distinct on (s.source, ${snoozedBy}) ${workspace}::uuid, i.channel, s.source, ${snoozedBy},
          now() + make_interval(secs => ${forMs / 1000}::float8), ${by}::uuid
        from alert_states s join alert_incidents i on i.id = s.incident_id where s.incident_id = ${id}
        on conflict (workspace_id, channel, source, fingerprint) do update
          set until = excluded.until, person_id = excluded.person_id`);
    },
    wake: async (id) => {
      await executor.execute(sql`
        delete from alert_snoozes z using alert_states s, alert_incidents i
        where s.incident_id = ${id} and i.id = s.incident_id
          and (z.channel, z.source, z.fingerprint) = (i.channel, s.source, ${snoozedBy})`);
    },
    snoozed: async (id) => first(await readRows<{ until: number; by: PersonId }>(executor, snoozedIn(id))),
  };
}

/** An alert whose fingerprint is of one time alone stays quiet when the same problem is back. */
const snoozedBy = sql`coalesce(s.alert->>'problem', s.fingerprint)`;

export const snoozedIn = (id: AlertIncidentId): SQL => sql`
  select (extract(epoch from min(z.until)) * 1000)::float8 as until, (array_agg(z.person_id order by z.until))[1] as by
  from alert_states s join alert_incidents i on i.id = s.incident_id
  left join alert_snoozes z on z.until > now() and z.channel = i.channel and z.source = s.source
    and z.fingerprint = ${snoozedBy}
  where s.incident_id = ${id} and s.rank < 2
  having bool_and(z.until is not null)`;
