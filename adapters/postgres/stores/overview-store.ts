import { type SQL, sql } from 'drizzle-orm';
import type { IncidentLine, ListScope, OverviewStore, RatedScope } from '#ports/stores/overview-store.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import { textArray } from '../search/text-array.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { createRunbookLists } from './runbook-lists.ts';
import { daysAgo, visible } from './visible.ts';

const title = sql`coalesce(v.content->'runbook'->>'title', v.content->'case'->>'title')`;

export function createOverviewStore(scope: StoreScope): OverviewStore {
  return {
    ...createRunbookLists(scope),
    openIncidents: (openedBy, limit) =>
      readIncidents(scope, sql`i.state in ('open', 'mitigated') and i.opened_by = ${openedBy}`, limit),
    incidentsIn: (channel, limit) => readIncidents(scope, sql`i.channel = ${channel}`, limit),
    pendingApprovals: (limit, of) => readRows(scope.executor, pendingApprovals(limit, of)),
    recentRuns: (limit, of) => readRows(scope.executor, recentRuns(limit, of)),
    busyChannels: async (limit) =>
      (await readRows<{ channel: string }>(scope.executor, busyChannels(limit))).map(
        ({ channel }) => channel,
      ),
    rated: (which, of, limit) => readRows(scope.executor, ratedSolutions(which, of, limit)),
    fed: async (days) => one(await readRows(scope.executor, fed(days))),
  };
}

function readIncidents(
  { executor }: StoreScope,
  which: SQL,
  limit: number,
): Promise<readonly IncidentLine[]> {
  return readRows(
    executor,
    sql`
      select i.id, i.channel, i.thread, i.problem, i.state,
        (extract(epoch from i.opened_at) * 1000)::float8 as "openedAt"
      from incidents i where ${which} order by i.opened_at desc limit ${limit}`,
  );
}

const hostsOfStep = sql`(
  select jsonb_agg(
    jsonb_build_object('name', h.name, 'environments', coalesce(h.context->'environment', '[]')) order by t.turn)
  from jsonb_array_elements(coalesce(s.fan_out->'targets', jsonb_build_array(jsonb_build_object('hostId', s.host_id))))
    with ordinality t(target, turn)
  join hosts h on h.id = (t.target->>'hostId')::uuid)`;

const isIn = (channels: readonly string[]): SQL => sql`i.channel = any(${textArray(channels)}::text[])`;

const pendingApprovals = (limit: number, { hidden, channels }: ListScope): SQL => sql`
  select s.id as "stepId", s.title, s.risk, ${title} as runbook, l.slug, i.channel, i.thread,
    s.fan_out->>'group' as "group", ${hostsOfStep} as hosts,
    jsonb_build_array(r.requested_by, r.started_by) as requesters, p.name as requester,
    (extract(epoch from s.expires_at) * 1000)::float8 as "expiresAt",
    (select coalesce(jsonb_agg(a.person_id), '[]') from approvals a where a.step_id = s.id) as "decidedBy"
  from run_steps s
  join runs r on r.id = s.run_id and r.state = 'active'
  join incidents i on i.id = r.incident_id
  join people p on p.id = r.requested_by
  join solutions l on l.id = r.solution_id
  join solution_versions v on v.id = r.version_id
  where s.state = 'proposed' and s.expires_at > now() and ${visible(sql`r.solution_id`, hidden)}
    and ${isIn(channels)}
  order by s.expires_at limit ${limit}`;

const recentRuns = (limit: number, { hidden, channels }: ListScope): SQL => sql`
  select ${title} as title, l.slug, r.state, p.name as requester, r.channel, r.thread,
    (extract(epoch from r.started_at) * 1000)::float8 as "startedAt"
  from (
    select r.*, i.channel, i.thread from runs r join incidents i on i.id = r.incident_id
    where ${visible(sql`r.solution_id`, hidden)} and ${isIn(channels)}
    order by r.started_at desc limit ${limit}) r
  join people p on p.id = r.requested_by
  join solutions l on l.id = r.solution_id
  join solution_versions v on v.id = r.version_id
  order by r.started_at desc`;

/** How many of the newest runs are looked at for where they are. */
const lookedAt = 500;

const busyChannels = (limit: number): SQL => sql`
  with newest as (select incident_id, started_at from runs order by started_at desc limit ${lookedAt}),
    waiting as (
      select r.incident_id, s.expires_at from run_steps s join runs r on r.id = s.run_id and r.state = 'active'
      where s.state = 'proposed' and s.expires_at > now())
  select i.channel from (select * from newest union all select * from waiting) b
  join incidents i on i.id = b.incident_id
  group by i.channel order by max(b.started_at) desc limit ${limit}`;

/** In the order of what is believed, so that an index gives the few that are wanted. */
export function ratedSolutions(
  which: 'top' | 'failing',
  { leastTried, hidden }: RatedScope,
  limit: number,
): SQL {
  const [condition, order] =
    which === 'top'
      ? [sql`s.success >= 0.5 and s.worked * 2 >= s.tried`, sql`s.success desc, s.tried desc`]
      : [sql`s.success < 0.5 and s.worked * 2 < s.tried`, sql`s.success, s.tried desc`];
  return sql`
    select l.slug, l.kind, ${title} as title, s.worked, s.tried,
      (extract(epoch from s.last_worked_at) * 1000)::float8 as "lastWorkedAt"
    from success_rates s
    join solution_versions v on v.solution_id = s.solution_id and v.state = 'active'
    join solutions l on l.id = s.solution_id
    where s.tried >= ${leastTried} and ${condition} and ${visible(sql`s.solution_id`, hidden)}
    order by ${order}, s.solution_id limit ${limit}`;
}

const fed = (days: number): SQL => sql`
  select (select count(*)::int from (select from recommendations limit 1) any_shown) as shown,
    (select count(*)::int from feedback where changed_at > ${daysAgo(days)}) as votes`;
