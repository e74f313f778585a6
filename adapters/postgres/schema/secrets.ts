import { sql } from 'drizzle-orm';
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { SecretName } from '#ports/secret-store.ts';
import { instant, workspaceId } from './columns.ts';

/** Secrets in envelopes: the value under a key of its own, that key under the key-encryption key. All base64. */
export const secrets = pgTable(
  'secrets',
  {
    workspaceId: workspaceId(),
    name: text().$type<SecretName>().notNull(),
    version: integer().notNull(),
    id: uuid().notNull(),
    /** Which key-encryption key wraps the data key. */
    kekId: text('kek_id').notNull(),
    wrappedKey: text('wrapped_key').notNull(),
    sealed: text().notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name, table.version] })],
);
