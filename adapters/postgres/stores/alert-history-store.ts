import { type SQL, sql } from 'drizzle-orm';
import type { PastAlert } from '#domain/alert/alert-history.ts';
import type { VersionId } from '#domain/ids.ts';
import { ownValue } from '#domain/text/own-value.ts';
import type { AlertHistoryStore, AlertInIncident, PastIncident } from '#ports/stores/alert-history-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

export function createAlertHistoryStore({ executor }: StoreScope): AlertHistoryStore {
  return {
    past: (of, most) => readRows<PastAlert>(executor, pastOf(of, most)),
    candidates: (of, most) => readRows<PastIncident>(executor, candidatesFor(of, most)),
    helped: (channel, threads) =>
      threads.length === 0
        ? Promise.resolve([])
        : readRows<{ thread: string; versionId: VersionId }>(executor, helpedIn(channel, threads)),
  };
}

const before = (beganAt: number) => sql`s.began_at < to_timestamp(${beganAt / 1000}::float8)`;

export const pastOf = ({ incident, channel, alert, beganAt }: AlertInIncident, most: number): SQL => sql`
  select ${ms('s.began_at')} as "beganAt", case when s.rank = 2 then ${ms('s.reached_at')} end as "endedAt",
    s.ends + (s.rank <> 2)::int as fired, s.verdict
  from alert_states s
  where s.channel = ${channel} and s.source = ${alert.source} and ${isSame(alert)}
    and s.incident_id <> ${incident} and ${before(beganAt)}
  order by s.began_at desc limit ${most}`;

/** By its name an index finds what has no fingerprint that comes back. */
const isSame = ({ fingerprint, name, problem }: AlertInIncident['alert']): SQL =>
  problem === undefined
    ? sql`s.fingerprint = ${fingerprint}`
    : sql`s.name = ${name} and s.alert->>'problem' = ${problem}`;

/** The newest incidents are those with the greatest ids. */
export function candidatesFor({ incident, channel, alert, beganAt }: AlertInIncident, most: number): SQL {
  const service = ownValue(alert.labels, 'service');
  const mark = JSON.stringify(['service', service]);
  return sql`
    with found as (
      (select incident_id from alert_states
        where channel = ${channel} and source = ${alert.source} and fingerprint = ${alert.fingerprint}
        order by incident_id desc limit ${most})
      union
      (select incident_id from alert_states where channel = ${channel} and name = ${alert.name}
        order by incident_id desc limit ${most})
      union
      (select incident_id from alert_marks where channel = ${channel} and key = ${service ? mark : null}
        order by minute desc limit ${most}))
    select i.id as incident, s.alert, ${ms('s.began_at')} as "beganAt", ${ms('s.reached_at')} as "endedAt",
      (select p.external_id from posts p where p.id = i.post_id and i.storm is null) as thread
    from found
    join alert_incidents i on i.id = found.incident_id and i.channel = ${channel} and i.resolved_at is not null
    join lateral (
      select s.alert, s.began_at, s.reached_at from alert_states s where s.incident_id = i.id
      order by s.fingerprint = ${alert.fingerprint} desc, s.name = ${alert.name} desc, s.began_at limit 3) s on true
    where i.id <> ${incident} and ${before(beganAt)}`;
}

const helpedIn = (channel: string, threads: readonly string[]): SQL => sql`
  select c.thread, r.version_id as "versionId"
  from incidents c join recommendations r on r.incident_id = c.id
  left join alert_signals a on a.recommendation_id = r.id
  left join lateral (
    select count(*) filter (where f.verdict = 'worked') - count(*) filter (where f.verdict = 'failed') as votes
    from feedback f where f.recommendation_id = r.id) f on true
  where c.channel = ${channel} and c.thread = any(${sql.param([...threads])}::text[])
    and (f.votes > 0 or (f.votes = 0 and a.resolved))
  order by f.votes desc, r.id`;
