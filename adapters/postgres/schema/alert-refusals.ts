import { sql } from 'drizzle-orm';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, workspaceId } from './columns.ts';

/** Payloads that did not fit, redacted and cut, for whoever sets up a sender. */
export const alertRefusals = pgTable(
  'alert_refusals',
  {
    id: uuid().primaryKey(),
    workspaceId: workspaceId(),
    sender: text().notNull(),
    field: text().notNull(),
    message: text().notNull(),
    payload: text().notNull(),
    at: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index('alert_refusals_at').on(table.workspaceId, table.at)],
);
