import { sql } from 'drizzle-orm';
import { pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Installation } from '#ports/workspaces.ts';

/** Tables without a workspace: the tenants themselves and the leases of the whole installation. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid().$type<WorkspaceId>().primaryKey(),
    platform: text().$type<'playground' | 'slack' | 'discord'>().notNull(),
    externalId: text('external_id').notNull(),
    name: text().notNull(),
    /** Null where nobody installed the app: the token is in the settings, or none is needed. */
    installation: text().$type<Installation['state']>(),
    installationAt: timestamp('installation_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`now()`),
  },
  (table) => [unique('workspaces_platform_external').on(table.platform, table.externalId)],
);

export const leases = pgTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});
