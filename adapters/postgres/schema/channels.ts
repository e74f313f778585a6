import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DailySpan } from '#domain/daily-span.ts';
import type { ChannelMode } from '#domain/hearing/channel-mode.ts';
import type { IncidentId, PersonId, PostId } from '#domain/ids.ts';
import type { Said } from '#domain/learning/report.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { Visibility } from '#domain/visibility/visibility.ts';
import { instant, workspaceId } from './columns.ts';
import { posts } from './deliveries.ts';
import { incidents } from './incidents.ts';
import { people } from './people.ts';

/** What was set in a channel; null where the default of the configuration counts. */
export const channelSettings = pgTable(
  'channel_settings',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    mode: text().$type<ChannelMode>(),
    quiet: jsonb().$type<DailySpan>(),
    /** The team whose channel it is. */
    team: text(),
    /** Who is shown the cases that are saved here. */
    visibility: text().$type<Visibility>(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channel] })],
);

/** From when on deliveries may be missing that were not read back yet; no row where nothing is missing. */
export const heardGaps = pgTable('heard_gaps', {
  workspaceId: workspaceId().primaryKey(),
  since: instant().notNull(),
});

/** Which post answers which message: a message has one answer, whoever handles it and however often. */
export const answers = pgTable(
  'answers',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    message: text().notNull(),
    postId: uuid('post_id').$type<PostId>().notNull(),
    /** When the text that it answers was written; an older text does not replace it. */
    textAt: instant('text_at').notNull(),
    incidentId: uuid('incident_id')
      .$type<IncidentId>()
      .references(() => incidents.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.channel, table.message] }),
    index('answers_incident').on(table.workspaceId, table.incidentId),
    index('answers_post').on(table.workspaceId, table.postId),
  ],
);

/** What people say of an answer as a whole, whatever it shows: one vote and one comment a person. */
export const answerFeedback = pgTable(
  'answer_feedback',
  {
    workspaceId: workspaceId(),
    postId: uuid('post_id')
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    /** Null while they only wrote something. */
    verdict: text().$type<Verdict>(),
    /** Null while they only voted. */
    said: jsonb().$type<Said>(),
    changedAt: instant('changed_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.postId, table.personId] }),
    index('answer_feedback_changed').on(table.workspaceId, table.changedAt),
  ],
);
