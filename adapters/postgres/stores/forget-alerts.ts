import { type SQL, sql } from 'drizzle-orm';

/** Removes what is old, some at a time: events that are folded, and incidents that are over with all that hangs on them. */
export const forgetAlerts = (
  days: { readonly events: number; readonly incidents: number },
  limit: number,
): readonly SQL[] => [
  sql`delete from alert_events where key in (
    select key from alert_events
    where folded_at is not null and received_at < now() - make_interval(days => ${days.events})
    order by received_at limit ${limit})`,
  sql`
    with old as (
      select id from alert_incidents
      where resolved_at < now() - make_interval(days => ${days.incidents}) order by resolved_at limit ${limit}),
    marks as (delete from alert_marks where incident_id in (select id from old)),
    escalation_posts as (delete from alert_escalation_posts where incident_id in (select id from old)),
    escalations as (delete from alert_escalations where incident_id in (select id from old)),
    dues as (delete from alert_dues where incident_id in (select id from old)),
    verdicts as (delete from alert_verdicts where incident_id in (select id from old)),
    opinions as (delete from alert_opinions where incident_id in (select id from old)),
    tickets as (delete from alert_tickets where incident_id in (select id from old)),
    states as (delete from alert_states where incident_id in (select id from old))
    delete from alert_incidents where id in (select id from old)`,
  sql`delete from alert_snoozes where until < now()`,
];
