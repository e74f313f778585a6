import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { PostId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import { instant, workspaceId } from './columns.ts';

/** What came in, keyed by the platform's own delivery id, before it is acknowledged. */
export const inbox = pgTable(
  'inbox',
  {
    workspaceId: workspaceId(),
    delivery: text().notNull(),
    intent: jsonb().$type<ChatIntent>().notNull(),
    state: text().$type<'received' | 'done' | 'dead'>().notNull(),
    attempts: integer().notNull().default(0),
    /** Not to be taken before this; a worker that takes it moves this ahead, which is its lease. */
    dueAt: instant('due_at').notNull().default(sql`now()`),
    receivedAt: instant('received_at').notNull().default(sql`clock_timestamp()`),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.delivery] }),
    index('inbox_due').on(table.workspaceId, table.dueAt).where(sql`state = 'received'`),
  ],
);

/**
 * What goes out. A post is a message that exists on the platform once it has an `external_id`; an edit changes
 * `reply` and raises `revision`, so edits that wait are merged by being overwritten.
 */
export const posts = pgTable(
  'posts',
  {
    id: uuid().$type<PostId>().primaryKey(),
    workspaceId: workspaceId(),
    channel: text().notNull(),
    thread: text(),
    onlyFor: text('only_for'),
    urgency: integer().notNull(),
    reply: jsonb().$type<Reply>().notNull(),
    revision: integer().notNull().default(1),
    sentRevision: integer('sent_revision').notNull().default(0),
    externalId: text('external_id'),
    attempts: integer().notNull().default(0),
    dueAt: instant('due_at').notNull().default(sql`now()`),
    dead: boolean().notNull().default(false),
    error: text(),
    createdAt: instant('created_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    index('posts_due').on(table.workspaceId, table.dueAt).where(sql`sent_revision < revision and not dead`),
    unique('posts_external').on(table.workspaceId, table.channel, table.externalId),
  ],
);

/** The playground's own memory: what Slack and Discord keep on their servers. */
export const playgroundMessages = pgTable(
  'playground_messages',
  {
    id: text().notNull(),
    workspaceId: workspaceId(),
    channel: text().notNull(),
    thread: text(),
    author: jsonb().$type<{ externalId: string; name: string; isBot: boolean }>().notNull(),
    body: jsonb().$type<{ kind: 'text'; text: string } | { kind: 'reply'; reply: Reply }>().notNull(),
    onlyFor: text('only_for'),
    at: instant('at').notNull(),
    editedAt: instant('edited_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('playground_messages_channel')
      .on(table.workspaceId, table.channel, table.at)
      .where(sql`thread is null`),
    index('playground_messages_thread').on(table.workspaceId, table.thread, table.at),
  ],
);

export const playgroundReactions = pgTable(
  'playground_reactions',
  {
    workspaceId: workspaceId(),
    messageId: text('message_id').notNull(),
    emoji: text().notNull(),
    person: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.messageId, table.emoji, table.person] })],
);
