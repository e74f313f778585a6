import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DailySpan } from '#domain/daily-span.ts';
import type { ChannelMode } from '#domain/hearing/channel-mode.ts';
import type { IncidentId, PostId } from '#domain/ids.ts';
import { instant, workspaceId } from './columns.ts';
import { incidents } from './incidents.ts';

/** What was set in a channel; null where the default of the configuration counts. */
export const channelSettings = pgTable(
  'channel_settings',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    mode: text().$type<ChannelMode>(),
    quiet: jsonb().$type<DailySpan>(),
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
  ],
);
