import { type SQL, sql } from 'drizzle-orm';
import type { IncidentId, RecommendationId } from '#domain/ids.ts';

/**
 * The alerts of an incident were over at `at` (ms since the epoch). What was run last before that gets the credit, if it
 * ended no longer than `withinMs` before; whatever was run earlier did not help, because they still fired then.
 */
export const noteAlertsOver = (
  workspace: string,
  incident: IncidentId,
  at: number,
  withinMs: number,
): SQL => sql`
  with over as (select to_timestamp(${at / 1000}::float8) as at),
  used as (
    select r.recommendation_id, max(s.ended_at) as ended
    from runs r join run_steps s on s.run_id = r.id, over
    where r.incident_id = ${incident} and r.direction = 'forward' and s.kind = 'remediation'
      and s.state in ('succeeded', 'failed', 'timed-out') and s.started_at < over.at
    group by 1),
  last as (select recommendation_id from used order by ended desc, recommendation_id desc limit 1)
  insert into alert_signals (workspace_id, recommendation_id, resolved, at)
  select ${workspace}::uuid, used.recommendation_id,
    used.recommendation_id = (select recommendation_id from last)
      and over.at - used.ended <= make_interval(secs => ${withinMs / 1000}::float8),
    over.at
  from used, over
  on conflict (recommendation_id) do update set resolved = excluded.resolved, at = excluded.at`;

/** They are back: what got the credit did not last. */
export const noteAlertsBack = (incident: IncidentId): SQL => sql`
  update alert_signals a set resolved = false, at = now() from recommendations r
  where r.id = a.recommendation_id and r.incident_id = ${incident} and a.resolved`;

/** They go on although it was run to its end. */
export const noteAlertsGoOn = (workspace: string, recommendation: RecommendationId): SQL => sql`
  insert into alert_signals (workspace_id, recommendation_id, resolved) values (${workspace}, ${recommendation}, false)
  on conflict (recommendation_id) do update set resolved = false, at = now()`;
