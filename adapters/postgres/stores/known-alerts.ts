import { type SQL, sql } from 'drizzle-orm';
import { stateRank } from '#domain/alert/alert-event.ts';
import type { AlertStore } from '#ports/stores/alert-store.ts';

type Known = Parameters<AlertStore['known']>;

/** What waits for an incident is newer than what is in one. */
export const knownAmong = (alerts: Known[0], channels: Known[1], withinMs: Known[2]): SQL => sql`
  with wanted as (
    select source, fingerprint from jsonb_to_recordset(${JSON.stringify(alerts.map(idOf))}::jsonb)
      as w(source text, fingerprint text)),
  waiting as (
    select channel, route, alert, received_at from alert_events where folded_at is null),
  found as (
    select e.channel, e.route, e.alert, 0 as place, e.received_at as at
    from waiting e join wanted w on w.source = e.alert->>'source' and w.fingerprint = e.alert->>'fingerprint'
    where e.channel = any(${sql.param([...channels])}::text[])
    union all
    select s.channel, i.route, s.alert, case when s.rank < ${stateRank.resolved} then 1 else 2 end, s.reached_at
    from wanted w
    join alert_states s on s.channel = any(${sql.param([...channels])}::text[])
      and s.source = w.source and s.fingerprint = w.fingerprint
    join alert_incidents i on i.id = s.incident_id
    where s.rank < ${stateRank.resolved} or s.reached_at > now() - make_interval(secs => ${withinMs / 1000}::float8))
  select distinct on (alert->>'source', alert->>'fingerprint') channel, route, alert from found
  order by alert->>'source', alert->>'fingerprint', place, at desc`;

const idOf = ({ source, fingerprint }: Known[0][number]) => ({ source, fingerprint });
