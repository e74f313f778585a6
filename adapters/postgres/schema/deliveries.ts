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
    /** The thread, or what else has an order of its own: of one lane, one delivery is handled at a time. */
    lane: text().notNull(),
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
    index('inbox_lane').on(table.workspaceId, table.lane, table.receivedAt).where(sql`state = 'received'`),
    // What is old, and what else came in of a thread: for forgetting.
    index('inbox_received').on(table.workspaceId, table.receivedAt),
    index('inbox_thread').on(table.workspaceId, table.lane),
    index('inbox_dead').on(table.workspaceId, table.receivedAt).where(sql`state = 'dead'`),
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
    /** When a sender took it that may have posted it; null again when the platform certainly did nothing. */
    triedAt: instant('tried_at'),
    /** When what was not sent yet began to wait: made, or first changed after it was sent. */
    waitingSince: instant('waiting_since').notNull().default(sql`now()`),
    failedAt: instant('failed_at'),
    createdAt: instant('created_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    index('posts_waiting')
      .on(table.workspaceId, table.channel, table.urgency, table.id)
      .where(sql`sent_revision < revision and not dead`),
    // New messages of a thread, to find the one that is first.
    index('posts_unsent')
      .on(table.workspaceId, table.channel, sql`coalesce(thread, '')`, table.id)
      .where(sql`sent_revision < revision and not dead and external_id is null and only_for is null`),
    index('posts_dead').on(table.workspaceId, table.failedAt).where(sql`dead`),
    unique('posts_external').on(table.workspaceId, table.channel, table.externalId),
  ],
);

/**
 * Who sends into a channel, and when it may be sent into again. A sender that takes a channel moves `free_at` ahead,
 * which is its lease; a platform that wants a pause moves it too. The row without a channel holds up the whole workspace.
 */
export const outboxChannels = pgTable(
  'outbox_channels',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    holder: text(),
    freeAt: instant('free_at').notNull().default(sql`now()`),
    /** New messages wait until then; edits and notices do not. */
    postAt: instant('post_at').notNull().default(sql`now()`),
    /** Edits wait until then; new messages and notices do not. */
    editAt: instant('edit_at').notNull().default(sql`now()`),
    /** Edits that only show progress wait until then. */
    progressAt: instant('progress_at').notNull().default(sql`now()`),
    /** Failed attempts since the last message that went through. */
    failures: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.channel] })],
);

/** The last change that was heard of each reaction to a message of the bot, by the platform's time. */
export const reactions = pgTable(
  'reactions',
  {
    workspaceId: workspaceId(),
    channel: text().notNull(),
    messageId: text('message_id').notNull(),
    personExternalId: text('person_external_id').notNull(),
    emoji: text().notNull(),
    change: text().$type<'added' | 'removed'>().notNull(),
    at: instant('at').notNull(),
    /** Whether it was given while nothing of the answer was chosen, so that it is about the whole of it. */
    ofAnswer: boolean('of_answer').notNull().default(false),
  },
  (table) => [
    primaryKey({
      name: 'reactions_pk',
      columns: [table.workspaceId, table.channel, table.messageId, table.personExternalId, table.emoji],
    }),
    index('reactions_at').on(table.workspaceId, table.at),
  ],
);

/** What goes on in the thread of a message of the bot as soon as the platform has told its id. */
export const threadOpenings = pgTable(
  'thread_openings',
  {
    postId: uuid('post_id')
      .$type<PostId>()
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    intent: jsonb().$type<ChatIntent>().notNull(),
  },
  (table) => [index('thread_openings_workspace').on(table.workspaceId)],
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
    body: jsonb()
      .$type<{ kind: 'text'; text: string } | { kind: 'reply'; reply: Reply } | { kind: 'deleted' }>()
      .notNull(),
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
