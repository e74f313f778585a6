import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant, workspaceId } from './columns.ts';

/** The freeze that was set in the chat; `until` null is without an end. */
export const freezes = pgTable('freezes', {
  workspaceId: workspaceId().primaryKey(),
  reason: text().notNull(),
  setBy: text('set_by').notNull(),
  since: instant().notNull(),
  until: instant(),
});
