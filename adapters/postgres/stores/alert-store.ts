import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { AlertEvent } from '#domain/alert/alert-event.ts';
import { reachedAt, stateRank } from '#domain/alert/alert-event.ts';
import type { AlertMark } from '#domain/alert/join-alerts.ts';
import type { KnownAlert } from '#domain/alert/known-alert.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { AlertIncident, AlertStore, AlertTally, RefusedPayload } from '#ports/stores/alert-store.ts';
import { readRows } from '../read-rows.ts';
import { first, one } from '../rows.ts';
import { alertRefusals } from '../schema/alert-refusals.ts';
import { alertEvents, alertIncidents, alertMarks } from '../schema/alerts.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { tallyOf } from './alert-tally.ts';
import { forgetAlerts } from './forget-alerts.ts';
import { acknowledgedOf, knownAmong } from './known-alerts.ts';
import {
  mergeDues,
  mergeEscalationPosts,
  mergeEscalations,
  mergeMarks,
  mergeOpinions,
  mergeStates,
  mergeStorms,
  mergeTickets,
  mergeVerdicts,
} from './merge-alerts.ts';

const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

export function createAlertStore(scope: StoreScope): AlertStore {
  return { ...takingIn(scope), ...joining(scope), ...showing(scope), ...refusing(scope) };
}

function takingIn({
  executor,
  workspace,
}: StoreScope): Pick<AlertStore, 'add' | 'known' | 'acknowledged' | 'take' | 'forget'> {
  return {
    add: async (events) => {
      if (events.length === 0) return 0;
      const rows = events.map((event) => ({ ...event, workspaceId: workspace }));
      const added = await executor
        .insert(alertEvents)
        .values(rows)
        .onConflictDoNothing()
        .returning({ key: alertEvents.key });
      return added.length;
    },
    known: (alerts, channels, withinMs) =>
      readRows<KnownAlert>(executor, knownAmong(alerts, channels, withinMs)),
    acknowledged: (source, limit) => readRows<KnownAlert>(executor, acknowledgedOf(source, limit)),
    take: (limit) => readRows<AlertEvent>(executor, takeEvents(limit)),
    forget: async (days, limit) => {
      for (const statement of forgetAlerts(days, limit)) await executor.execute(statement);
    },
  };
}

/** Of the channel that waits longest. Locked one by one, so another one that asks sees them taken when it gets them. */
export const takeEvents = (limit: number): SQL => sql`
  with waiting as (
    select key from alert_events
    where folded_at is null and channel = (
      select channel from alert_events where folded_at is null order by received_at limit 1)
    order by received_at limit ${limit} for update),
  taken as (
    update alert_events e set folded_at = now() from waiting
    where e.key = waiting.key and e.folded_at is null
    returning e.key, e.channel, e.route, e.alert, e.received_at)
  select key, channel, route, alert, ${ms('received_at')} as "receivedAt" from taken order by received_at`;

function joining({ executor, workspace }: StoreScope): Pick<AlertStore, 'marks' | 'join'> {
  return {
    marks: (channel, ranges) => readRows<AlertMark>(executor, marksIn(channel, ranges)),
    join: async ({ channel, events, marks, merged }) => {
      const opened = events.map(({ incident, route }) => ({
        id: incident,
        workspaceId: workspace,
        channel,
        route,
      }));
      await executor.insert(alertIncidents).values(opened).onConflictDoNothing();
      if (merged.size > 0) {
        await executor.execute(mergeMarks(merged));
        await executor.execute(mergeStates(merged));
        await executor.execute(mergeStorms(merged));
        await executor.execute(mergeDues(merged));
        await executor.execute(mergeVerdicts(merged));
        await executor.execute(mergeOpinions(merged));
        await executor.execute(mergeEscalations(merged));
        await executor.execute(mergeEscalationPosts(merged));
        await executor.execute(mergeTickets(merged));
        await executor.delete(alertIncidents).where(inArray(alertIncidents.id, [...merged.keys()]));
      }
      const kept = marks.map(({ incident, ...mark }) => ({
        ...mark,
        workspaceId: workspace,
        channel,
        incidentId: incident,
      }));
      await executor.insert(alertMarks).values(kept).onConflictDoNothing();
      await executor.execute(noteStates(workspace, channel, events));
    },
  };
}

export const marksIn = (channel: string, ranges: Parameters<AlertStore['marks']>[1]): SQL => sql`
  select distinct m.key, m.minute, m.incident_id as incident
  from jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb) as wanted(key text, "from" int, "to" int)
  join alert_marks m on m.channel = ${channel} and m.key = wanted.key and m.minute between wanted."from" and wanted."to"`;

/** Of several states of one alert in one statement only the newest may stand: a row can be written once. */
function noteStates(
  workspace: string,
  channel: string,
  events: readonly (AlertEvent & { readonly incident: AlertIncidentId })[],
): SQL {
  const rows = events.map((event) => ({
    incident_id: event.incident,
    source: event.alert.source,
    fingerprint: event.alert.fingerprint,
    reached_at: new Date(reachedAt(event)).toISOString(),
    rank: stateRank[event.alert.state],
    began_at: new Date(event.alert.startedAt ?? reachedAt(event)).toISOString(),
    alert: event.alert,
    name: event.alert.name,
    ends: Number(event.alert.state === 'resolved'),
  }));
  return sql`
    insert into alert_states
      (workspace_id, incident_id, channel, source, fingerprint, reached_at, rank, began_at, alert, name, ends)
    select distinct on (incident_id, source, fingerprint) ${workspace}::uuid, incident_id, ${channel}, source, fingerprint,
      reached_at, rank, min(began_at) over (partition by incident_id, source, fingerprint), alert, name,
      sum(ends) over (partition by incident_id, source, fingerprint)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told(
      incident_id uuid, source text, fingerprint text, reached_at timestamptz, rank smallint, began_at timestamptz, alert jsonb,
      name text, ends int)
    order by incident_id, source, fingerprint, reached_at desc, rank desc
    on conflict (workspace_id, incident_id, source, fingerprint) do update set
      reached_at = greatest(alert_states.reached_at, excluded.reached_at),
      began_at = least(alert_states.began_at, excluded.began_at),
      ends = alert_states.ends + excluded.ends,
      name = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
        then excluded.name else alert_states.name end,
      rank = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
        then excluded.rank else alert_states.rank end,
      alert = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
        then excluded.alert else alert_states.alert end`;
}

const incidentColumns = sql`id, channel, route, post_id as "postId", storm,
  ${ms('opened_at')} as "openedAt", ${ms('resolved_at')} as "resolvedAt"`;

type Showing = 'incidents' | 'inThread' | 'tally' | 'areOver' | 'lately' | 'setCard' | 'setResolved';

function showing({ executor }: StoreScope): Pick<AlertStore, Showing> {
  return {
    incidents: (ids) =>
      readRows<AlertIncident>(
        executor,
        sql`select ${incidentColumns} from alert_incidents where id = any(${sql.param([...ids])}::uuid[]) order by id`,
      ),
    inThread: async (channel, thread) =>
      first(await readRows<AlertIncident>(executor, openedThread(channel, thread))),
    tally: async (id, storm) => one(await readRows<AlertTally>(executor, tallyOf(id, storm))),
    areOver: async (ids) => {
      const rows = await readRows<{ readonly id: AlertIncidentId }>(
        executor,
        sql`select incident_id as id from alert_states where incident_id = any(${sql.param([...ids])}::uuid[])
          group by incident_id having min(rank) = ${stateRank.resolved}`,
      );
      return new Set(rows.map(({ id }) => id));
    },
    lately: async (channel, withinMs) =>
      one(
        await readRows<{ readonly cards: number; readonly storm: AlertIncidentId | null }>(
          executor,
          sql`select count(*) filter (where post_id is not null)::int as cards, max(storm::text) as storm
            from alert_incidents
            where channel = ${channel} and opened_at > now() - make_interval(secs => ${withinMs / 1000}::float8)`,
        ),
      ),
    setCard: async (id, card) => {
      const free = and(
        eq(alertIncidents.id, id),
        isNull(alertIncidents.postId),
        isNull(alertIncidents.storm),
      );
      const rows = await executor
        .update(alertIncidents)
        .set(card)
        .where(free)
        .returning({ id: alertIncidents.id });
      return rows.length > 0;
    },
    setResolved: async (id, at) => {
      await executor.update(alertIncidents).set({ resolvedAt: at }).where(eq(alertIncidents.id, id));
    },
  };
}

export const openedThread = (channel: string, thread: string): SQL => sql`
  select ${incidentColumns} from alert_incidents
  where post_id = (select p.id from posts p where p.channel = ${channel} and p.external_id = ${thread})`;

const refusalsKept = 100;

function refusing({ executor, workspace, ids }: StoreScope): Pick<AlertStore, 'refuse' | 'refused'> {
  return {
    refuse: async (refused) => {
      await executor.insert(alertRefusals).values({ ...refused, id: ids.next(), workspaceId: workspace });
      await executor.execute(sql`
        delete from alert_refusals where id in (select id from alert_refusals order by at desc, id offset ${refusalsKept})`);
    },
    refused: (limit) =>
      readRows<RefusedPayload>(
        executor,
        sql`select sender, field, message, payload, ${ms('at')} as at from alert_refusals
          where at > now() - interval '7 days' order by at desc limit ${limit}`,
      ),
  };
}
