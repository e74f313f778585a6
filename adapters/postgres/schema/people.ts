import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Context } from '#domain/context.ts';
import type { Login } from '#domain/host.ts';
import type { HostId, PersonId } from '#domain/ids.ts';
import type { Role, Standing } from '#domain/person.ts';
import type { RoleBinding } from '#domain/role-in-force.ts';
import { instant, workspaceId } from './columns.ts';

export const people = pgTable(
  'people',
  {
    id: uuid().$type<PersonId>().primaryKey(),
    workspaceId: workspaceId(),
    externalId: text('external_id').notNull(),
    name: text().notNull(),
    /** Given by hand; what counts also depends on bindings and on the standing. */
    role: text().$type<Role>().notNull(),
    /** Standing and groups as of the last meeting: what the executor judges an approver by. */
    standing: text().$type<Standing>().notNull().default('member'),
    groups: jsonb().$type<readonly string[]>().notNull().default([]),
    /** How old that is: what is heard late changes nothing that was learnt since. */
    seenAt: instant('seen_at').notNull().default(sql`'epoch'`),
    /** Whether they are told when a case of theirs helped. */
    wantsThanks: boolean('wants_thanks').notNull().default(true),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [unique('people_external').on(table.workspaceId, table.externalId)],
);

export const roleBindings = pgTable(
  'role_bindings',
  {
    workspaceId: workspaceId(),
    kind: text().$type<RoleBinding['kind']>().notNull(),
    externalId: text('external_id').notNull(),
    role: text().$type<Role>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind, table.externalId] })],
);

export const hosts = pgTable(
  'hosts',
  {
    id: uuid().$type<HostId>().primaryKey(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    address: text().notNull(),
    port: integer().notNull(),
    user: text('login_user').notNull(),
    login: jsonb().$type<Login>().notNull(),
    hostKey: text('host_key'),
    jump: text(),
    context: jsonb().$type<Context>().notNull(),
    tags: jsonb().$type<readonly string[]>().notNull(),
    parameters: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    removedAt: instant('removed_at'),
  },
  (table) => [unique('hosts_name').on(table.workspaceId, table.name)],
);
