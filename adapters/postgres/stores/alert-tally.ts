import { type SQL, sql } from 'drizzle-orm';
import { stateRank } from '#domain/alert/alert-event.ts';
import { severities } from '#domain/alert/severity.ts';
import type { AlertIncidentId } from '#domain/ids.ts';

const mostAlerts = 10;
const mostGroups = 5;

const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;
const worstFirst = sql`${sql.param([...severities])}::text[]`;

/**
 * The alerts of an incident, or with `storm` of all that are counted on its card: ten thousand of them, at every change. So
 * each document is read once, for its severity, and only those that are shown are carried along.
 */
export const tallyOf = (id: AlertIncidentId, storm: boolean): SQL => sql`
  with shown as materialized (
    select s.incident_id, s.source, s.fingerprint, s.name, s.rank, s.reached_at, s.began_at, s.ends,
      array_position(${worstFirst}, s.alert->>'severity') as severity
    from alert_states s
    where s.incident_id = ${id}::uuid
      ${storm ? sql`or s.incident_id in (select i.id from alert_incidents i where i.storm = ${id}::uuid)` : sql``}),
  top as (select * from shown order by rank, severity, began_at, fingerprint limit ${mostAlerts}),
  named as (
    select name, count(*) filter (where rank < ${stateRank.resolved})::int as going, count(*)::int as total, min(severity) as worst
    from shown group by name)
  select count(*) filter (where rank = 0)::int as firing, count(*) filter (where rank = 1)::int as acknowledged,
    count(*) filter (where rank = 2)::int as resolved, coalesce(max(ends + (rank <> 2)::int), 0) as fired,
    ${ms('min(began_at)')} as "beganAt", ${ms('max(reached_at)')} as "reachedAt",
    (select coalesce(jsonb_agg(s.alert order by t.rank, t.severity, t.began_at, t.fingerprint), '[]')
      from top t join alert_states s
        on s.incident_id = t.incident_id and s.source = t.source and s.fingerprint = t.fingerprint) as alerts,
    jsonb_build_object('count', (select count(*) from named), 'top', (
      select coalesce(jsonb_agg(jsonb_build_object('name', name, 'going', going, 'total', total, 'severity', (${worstFirst})[worst])
        order by going desc, worst, total desc, name), '[]')
      from (select * from named order by going desc, worst, total desc, name limit ${mostGroups}) greatest)) as groups
  from shown`;
