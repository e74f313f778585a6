import { type SQL, sql } from 'drizzle-orm';
import { stateRank } from '#domain/alert/alert-event.ts';
import type { AlertStore } from '#ports/stores/alert-store.ts';

type Known = Parameters<AlertStore['known']>;

/**
 * What waits for an incident is newer than what is in one. Each alert is looked up by itself, channel by channel: a storm has
 * thousands in one channel, and this runs with every request.
 */
export const knownAmong = (alerts: Known[0], channels: Known[1], withinMs: Known[2]): SQL => sql`
  with wanted as (
    select w.source, w.fingerprint, c.channel
    from jsonb_to_recordset(${JSON.stringify(alerts.map(idOf))}::jsonb) as w(source text, fingerprint text),
      unnest(${sql.param([...channels])}::text[]) as c(channel)),
  found as (
    select e.* from wanted w cross join lateral (
      select channel, route, alert, 0 as place, received_at as at from alert_events
      where folded_at is null and source = w.source and fingerprint = w.fingerprint and channel = w.channel
      order by received_at desc limit 1) e
    union all
    select s.channel, i.route, s.alert, s.place, s.reached_at from wanted w cross join lateral (
      select incident_id, channel, alert, case when rank < ${stateRank.resolved} then 1 else 2 end as place, reached_at
      from alert_states
      where channel = w.channel and source = w.source and fingerprint = w.fingerprint
        and (rank < ${stateRank.resolved} or reached_at > now() - make_interval(secs => ${withinMs / 1000}::float8))
      order by place, reached_at desc limit 1) s
    join alert_incidents i on i.id = s.incident_id)
  select distinct on (alert->>'source', alert->>'fingerprint') channel, route, alert from found
  order by alert->>'source', alert->>'fingerprint', place, at desc`;

/** An index has those that are acknowledged, which are few at any time; it is found by the number as it stands here. */
export const acknowledgedOf = (source: string, limit: number): SQL => sql`
  select s.channel, i.route, s.alert from alert_states s join alert_incidents i on i.id = s.incident_id
  where s.source = ${source} and s.rank = 1 order by s.incident_id, s.fingerprint limit ${limit}`;

const idOf = ({ source, fingerprint }: Known[0][number]) => ({ source, fingerprint });
