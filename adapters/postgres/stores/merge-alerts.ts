import { type SQL, sql } from 'drizzle-orm';
import type { AlertIncidentId } from '#domain/ids.ts';

const pairs = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  jsonb_to_recordset(${JSON.stringify([...merged].map(([old, into]) => ({ old, into })))}::jsonb) as merged(old uuid, "into" uuid)`;

/** Marks of incidents that became a part of another one are marks of that one; both may have had the same. */
export const mergeMarks = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_marks m using ${pairs(merged)} where m.incident_id = merged.old
    returning m.workspace_id, m.channel, m.key, m.minute, merged."into")
  insert into alert_marks (workspace_id, channel, key, minute, incident_id)
  select distinct workspace_id, channel, key, minute, "into" from moved on conflict do nothing`;

/** So are their alerts: of an alert that both have, the newer state stands. Of what was said of it two ways, real counts. */
export const mergeStates = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_states s using ${pairs(merged)} where s.incident_id = merged.old
    returning s.*, merged."into")
  insert into alert_states
    (workspace_id, incident_id, channel, source, fingerprint, reached_at, rank, began_at, alert, name, ends, verdict)
  select distinct on ("into", source, fingerprint) workspace_id, "into", channel, source, fingerprint, reached_at, rank,
    min(began_at) over (partition by "into", source, fingerprint), alert, name,
    sum(ends) over (partition by "into", source, fingerprint),
    max(verdict) over (partition by "into", source, fingerprint)
  from moved order by "into", source, fingerprint, reached_at desc, rank desc
  on conflict (workspace_id, incident_id, source, fingerprint) do update set
    began_at = least(alert_states.began_at, excluded.began_at),
    ends = alert_states.ends + excluded.ends,
    verdict = greatest(alert_states.verdict, excluded.verdict),
    name = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
      then excluded.name else alert_states.name end,
    reached_at = greatest(alert_states.reached_at, excluded.reached_at),
    rank = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
      then excluded.rank else alert_states.rank end,
    alert = case when (excluded.reached_at, excluded.rank) > (alert_states.reached_at, alert_states.rank)
      then excluded.alert else alert_states.alert end`;

/** What was counted on the card of a storm that became a part of another incident is counted on that one's. */
export const mergeStorms = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  update alert_incidents i set storm = merged."into" from ${pairs(merged)} where i.storm = merged.old`;

/** What was to be looked at later still is. */
export const mergeDues = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_dues d using ${pairs(merged)} where d.incident_id = merged.old
    returning d.workspace_id, d.kind, d.subject, d.due_at, merged."into")
  insert into alert_dues (workspace_id, incident_id, kind, subject, due_at)
  select workspace_id, "into", kind, subject, max(due_at) from moved group by workspace_id, "into", kind, subject
  on conflict do nothing`;

/** What was asked of their systems, and what became of it, goes along. */
export const mergeTickets = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  update alert_tickets t set incident_id = merged."into" from ${pairs(merged)} where t.incident_id = merged.old`;

/** What was last said stays known; of which alerts it was said stands with them. */
export const mergeVerdicts = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_verdicts v using ${pairs(merged)} where v.incident_id = merged.old returning v.*, merged."into")
  insert into alert_verdicts (workspace_id, incident_id, verdict, person_id, at)
  select distinct on ("into") workspace_id, "into", verdict, person_id, at from moved order by "into", at desc
  on conflict do nothing`;

/** What a model said of one of them stands where it said nothing of the other one: it tells of how many alerts. */
export const mergeOpinions = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_opinions o using ${pairs(merged)} where o.incident_id = merged.old returning o.*, merged."into")
  insert into alert_opinions (workspace_id, incident_id, opinion, reason, model, alerts, at)
  select distinct on ("into") workspace_id, "into", opinion, reason, model, alerts, at from moved
  order by "into", alerts desc, at
  on conflict do nothing`;

/** Whoever acted for one of them acted for all; of two that wait the one that is further counts. */
export const mergeEscalations = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  with moved as (
    delete from alert_escalations e using ${pairs(merged)} where e.incident_id = merged.old
    returning e.*, merged."into")
  insert into alert_escalations as e (workspace_id, incident_id, name, level, reason, since_at, answered_at, answered_by)
  select workspace_id, "into", name, max(level), (array_agg(reason order by level desc))[1], min(since_at),
    max(answered_at), (array_agg(answered_by order by answered_at desc nulls last))[1]
  from moved group by workspace_id, "into", name
  on conflict (workspace_id, incident_id, name) do update set
    level = greatest(e.level, excluded.level),
    since_at = least(e.since_at, excluded.since_at),
    answered_at = coalesce(e.answered_at, excluded.answered_at),
    answered_by = coalesce(e.answered_by, excluded.answered_by)`;

export const mergeEscalationPosts = (merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>): SQL => sql`
  update alert_escalation_posts p set incident_id = merged."into" from ${pairs(merged)} where p.incident_id = merged.old`;
