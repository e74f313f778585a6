import { type SQL, sql } from 'drizzle-orm';
import { stateRank } from '#domain/alert/alert-event.ts';
import { severities } from '#domain/alert/severity.ts';
import type { AlertIncidentId } from '#domain/ids.ts';

const most = 5;

/** One row: the greatest groups of a storm by name, and how many names there are. */
export const groupsOf = (storm: AlertIncidentId): SQL => sql`
  with named as (
    select s.name, count(*) filter (where s.rank < ${stateRank.resolved})::int as going, count(*)::int as total,
      min(array_position(${sql.param([...severities])}::text[], s.alert->>'severity')) as worst
    from alert_states s
    where s.incident_id = ${storm}::uuid
      or s.incident_id in (select i.id from alert_incidents i where i.storm = ${storm}::uuid)
    group by s.name)
  select (select count(*)::int from named) as count,
    (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'going', going, 'total', total,
      'severity', (${sql.param([...severities])}::text[])[worst])), '[]')
    from (select * from named order by going desc, worst, total desc, name limit ${most}) first) as top`;
