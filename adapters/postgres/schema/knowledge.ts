import { sql } from 'drizzle-orm';
import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { PlaceRate } from '#domain/learning/success-rate.ts';
import type { SolutionContent, SolutionKind, VersionSource, VersionState } from '#domain/solution.ts';
import type { Visibility } from '#domain/visibility/visibility.ts';
import { instant, workspaceId } from './columns.ts';

export const solutions = pgTable(
  'solutions',
  {
    id: uuid().$type<SolutionId>().primaryKey(),
    workspaceId: workspaceId(),
    slug: text().notNull(),
    kind: text().$type<SolutionKind>().notNull(),
    origin: text().notNull(),
    /** SHA-256 of the text that its file had when it was last read; null when none was read. */
    fileHash: text('file_hash'),
    /** When its author was last told that it helped. */
    thankedAt: instant('thanked_at'),
    /** Who is shown it; see domain/visibility. */
    visibility: text().$type<Visibility>().notNull().default('workspace'),
    /** The channel that it belongs to, which is always shown it; null where it came from none. */
    channel: text(),
    /** The team whose channels are shown it; null unless `visibility` is `team`. */
    team: text(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    unique('solutions_slug').on(table.workspaceId, table.slug),
    index('solutions_created').on(table.workspaceId, table.kind, table.createdAt),
    /** Those that are not for everybody. */
    index('solutions_visibility').on(table.workspaceId, table.visibility),
  ],
);

export const solutionVersions = pgTable(
  'solution_versions',
  {
    id: uuid().$type<VersionId>().primaryKey(),
    workspaceId: workspaceId(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    parentId: uuid('parent_id').$type<VersionId>(),
    author: text().notNull(),
    source: text().$type<VersionSource>().notNull(),
    state: text().$type<VersionState>().notNull(),
    stateReason: text('state_reason'),
    /** The Markdown as it was written; the content is what was read from it. */
    text: text().notNull(),
    content: jsonb().$type<SolutionContent>().notNull(),
    deprecatedAt: instant('deprecated_at'),
    /** When a person last put it back into force: what was said before does not deprecate it again. */
    revivedAt: instant('revived_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    unique('solution_versions_number').on(table.solutionId, table.version),
    uniqueIndex('solution_versions_active')
      .on(table.solutionId)
      .where(sql`state in ('active', 'deprecated')`),
    /** The few that a person is to look at. */
    index('solution_versions_watched')
      .on(table.workspaceId, table.state, table.createdAt)
      .where(sql`state in ('in-review', 'deprecated')`),
    /** Cases by what they were merged into: the reason names it. */
    index('solution_versions_merged')
      .on(table.workspaceId, table.stateReason)
      .where(sql`state = 'superseded' and state_reason is not null`),
  ],
);

/** What the fold made of all signals; recomputed from rows each time. */
export const successRates = pgTable(
  'success_rates',
  {
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .primaryKey()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    worked: doublePrecision().notNull(),
    tried: integer().notNull(),
    success: doublePrecision().notNull(),
    lastWorkedAt: instant('last_worked_at'),
    doubt: doublePrecision().notNull().default(0.25),
    elsewhere: doublePrecision().notNull().default(0.5),
    doubtElsewhere: doublePrecision('doubt_elsewhere').notNull().default(0.25),
    places: jsonb().$type<readonly PlaceRate[]>().notNull().default([]),
    recommended: integer().notNull().default(0),
    reused: integer().notNull().default(0),
    lastUsedAt: instant('last_used_at'),
    resolvesInMs: doublePrecision('resolves_in_ms'),
    confidence: doublePrecision().notNull().default(0),
    quality: doublePrecision().notNull().default(0),
    helped: integer().notNull().default(0),
    seen: integer().notNull().default(1),
    lastSeenAt: instant('last_seen_at'),
    foldedAt: instant('folded_at').notNull().default(sql`now()`),
  },
  (table) => [index('success_rates_success').on(table.workspaceId, table.success)],
);

/** One row a fold, so that operators see when it last ran and what it found. */
export const folds = pgTable('folds', {
  id: uuid().primaryKey(),
  workspaceId: workspaceId(),
  signals: integer().notNull(),
  solutions: integer().notNull(),
  foldedAt: instant('folded_at').notNull().default(sql`now()`),
});
