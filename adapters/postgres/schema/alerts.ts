import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Alert, AlertSource, AlertTicket } from '#domain/alert/alert.ts';
import type { AlertDueKind } from '#domain/alert/alert-due.ts';
import type { AlertVerdict } from '#domain/alert/alert-verdict.ts';
import type { EscalationReason } from '#domain/alert/escalation.ts';
import type { AlertIncidentId, PersonId, PostId, TicketRequestId } from '#domain/ids.ts';
import type { TicketAction, TicketState } from '#domain/ticket/ticket.ts';
import { instant, workspaceId } from './columns.ts';
import { people } from './people.ts';

/** What senders told, as it came in; kept for a while so that what is sent again is known. */
export const alertEvents = pgTable(
  'alert_events',
  {
    workspaceId: workspaceId(),
    key: text().notNull(),
    channel: text().notNull(),
    route: text().notNull(),
    alert: jsonb().$type<Alert>().notNull(),
    receivedAt: instant('received_at').notNull().default(sql`clock_timestamp()`),
    foldedAt: instant('folded_at'),
    // Columns, because under row-level security no index on an expression over jsonb is used.
    source: text().generatedAlwaysAs(sql`alert->>'source'`),
    fingerprint: text().generatedAlwaysAs(sql`alert->>'fingerprint'`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.key] }),
    index('alert_events_waiting').on(table.workspaceId, table.receivedAt).where(sql`folded_at is null`),
    index('alert_events_waiting_of')
      .on(table.workspaceId, table.fingerprint, table.source, table.receivedAt)
      .where(sql`folded_at is null`),
    index('alert_events_received').on(table.workspaceId, table.receivedAt),
  ],
);

/** Alerts that belong together, with the card that shows them; `storm` is the card of many such. */
export const alertIncidents = pgTable(
  'alert_incidents',
  {
    id: uuid().$type<AlertIncidentId>().primaryKey(),
    workspaceId: workspaceId(),
    channel: text().notNull(),
    route: text().notNull(),
    postId: uuid('post_id').$type<PostId>(),
    storm: uuid().$type<AlertIncidentId>(),
    openedAt: instant('opened_at').notNull().default(sql`now()`),
    resolvedAt: instant('resolved_at'),
  },
  (table) => [
    index('alert_incidents_opened').on(table.workspaceId, table.channel, table.openedAt),
    index('alert_incidents_storm').on(table.workspaceId, table.storm),
    index('alert_incidents_post').on(table.workspaceId, table.postId),
  ],
);

/** When something happened to what; see domain/alert/join-alerts.ts. */
export const alertMarks = pgTable(
  'alert_marks',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    key: text().notNull(),
    minute: integer().notNull(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.channel, table.key, table.minute, table.incidentId] }),
    index('alert_marks_incident').on(table.workspaceId, table.incidentId),
    index('alert_marks_minute').on(table.workspaceId, table.minute),
  ],
);

/** The newest state of each alert of an incident; `rank` decides between states of one time. */
export const alertStates = pgTable(
  'alert_states',
  {
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
    /** That of its incident, so that an index finds what is alike in one channel. */
    channel: text().notNull(),
    source: text().notNull(),
    fingerprint: text().notNull(),
    reachedAt: instant('reached_at').notNull(),
    rank: smallint().notNull(),
    /** The earliest beginning that was told. */
    beganAt: instant('began_at').notNull(),
    alert: jsonb().$type<Alert>().notNull(),
    /** As in the alert, to be found by: what is within a document no index reaches under row-level security. */
    name: text().notNull().default(''),
    /** How often it was over. */
    ends: integer().notNull().default(0),
    /** What a person who had seen it in this incident said of it; null for what joined after that. */
    verdict: text().$type<AlertVerdict>(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.incidentId, table.source, table.fingerprint] }),
    index('alert_states_fingerprint').on(
      table.workspaceId,
      table.channel,
      table.source,
      table.fingerprint,
      table.incidentId,
    ),
    index('alert_states_name').on(table.workspaceId, table.channel, table.name, table.incidentId),
    index('alert_states_acknowledged').on(table.workspaceId, table.source).where(sql`rank = 1`),
  ],
);

/** What is to be looked at later; see domain/alert/alert-due.ts. */
export const alertDues = pgTable(
  'alert_dues',
  {
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
    kind: text().$type<AlertDueKind>().notNull(),
    subject: text().notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.incidentId, table.kind, table.subject] }),
    index('alert_dues_due').on(table.workspaceId, table.dueAt),
  ],
);

/** How far the calling of people for alerts is, by the name of the escalation; kept until the alerts are over. */
export const alertEscalations = pgTable(
  'alert_escalations',
  {
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
    name: text().notNull(),
    /** The level that is told next, from 0. */
    level: smallint().notNull().default(0),
    reason: text().$type<EscalationReason>().notNull().default('unanswered'),
    /** Since when the clock of `reason` runs. */
    sinceAt: instant('since_at').notNull().default(sql`now()`),
    /** When somebody acted; null while nobody has. */
    answeredAt: instant('answered_at'),
    /** Null with a time: the sender said that somebody looks at it. */
    answeredBy: uuid('answered_by')
      .$type<PersonId>()
      .references(() => people.id),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.incidentId, table.name] })],
);

/** What was posted of it, to be brought up to date and to be answered at. */
export const alertEscalationPosts = pgTable(
  'alert_escalation_posts',
  {
    postId: uuid('post_id').$type<PostId>().primaryKey(),
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
    name: text().notNull(),
  },
  (table) => [index('alert_escalation_posts_incident').on(table.workspaceId, table.incidentId)],
);

/** What was last said of an incident, and by whom; which of its alerts it was said of stands with them. */
export const alertVerdicts = pgTable(
  'alert_verdicts',
  {
    incidentId: uuid('incident_id').$type<AlertIncidentId>().primaryKey(),
    workspaceId: workspaceId(),
    verdict: text().$type<AlertVerdict>().notNull(),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    at: instant().notNull().default(sql`now()`),
  },
  (table) => [index('alert_verdicts_workspace').on(table.workspaceId)],
);

/** What a person keeps quiet in a channel, and until when. */
export const alertSnoozes = pgTable(
  'alert_snoozes',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    source: text().notNull(),
    fingerprint: text().notNull(),
    until: instant().notNull(),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channel, table.source, table.fingerprint] })],
);

/** What was asked of the systems that alerts came from; see domain/ticket/ticket.ts. */
export const alertTickets = pgTable(
  'alert_tickets',
  {
    id: uuid().$type<TicketRequestId>().primaryKey(),
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id').$type<AlertIncidentId>().notNull(),
    source: text().$type<AlertSource>().notNull(),
    /** The key of the ticket, by which what waits is known. */
    key: text().notNull(),
    ticket: jsonb().$type<AlertTicket>().notNull(),
    action: text().$type<TicketAction>().notNull(),
    note: text().notNull(),
    forMs: integer('for_ms'),
    /** Null for the policy. */
    personId: uuid('person_id')
      .$type<PersonId>()
      .references(() => people.id),
    askedAt: instant('asked_at').notNull().default(sql`now()`),
    state: text().$type<TicketState>().notNull().default('waiting'),
    reason: text().notNull().default(''),
    settledAt: instant('settled_at'),
    attempts: integer().notNull().default(0),
    dueAt: instant('due_at').notNull().default(sql`now()`),
    /** Set while somebody is at it; what stays set was left in the middle. */
    leasedUntil: instant('leased_until'),
  },
  (table) => [
    index('alert_tickets_due').on(table.workspaceId, table.dueAt).where(sql`state = 'waiting'`),
    index('alert_tickets_incident').on(table.workspaceId, table.incidentId),
    uniqueIndex('alert_tickets_waiting')
      .on(table.workspaceId, table.source, table.key, table.action)
      .where(sql`state = 'waiting' and action <> 'comment'`),
  ],
);
