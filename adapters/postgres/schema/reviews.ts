import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { PostId, RunId, SolutionId, VersionId } from '#domain/ids.ts';
import { instant, workspaceId } from './columns.ts';
import { solutions, solutionVersions } from './knowledge.ts';

/** What is kept of the review of a version beside its state: why it was proposed, and what was decided. */
export const reviews = pgTable(
  'reviews',
  {
    versionId: uuid('version_id')
      .$type<VersionId>()
      .primaryKey()
      .references(() => solutionVersions.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    why: text().notNull().default(''),
    /** Output of the runs behind it, redacted. */
    evidence: text().notNull().default(''),
    runs: jsonb().$type<readonly RunId[]>().notNull().default([]),
    /** The newest card that tells of it, which a decision stamps. */
    postId: uuid('post_id').$type<PostId>(),
    decision: text().$type<'approved' | 'rejected'>(),
    decidedBy: text('decided_by'),
    notes: text().notNull().default(''),
    openedAt: instant('opened_at').notNull().default(sql`now()`),
    decidedAt: instant('decided_at'),
    /** When its owners were told that it does worse than the version before. */
    declinedAt: instant('declined_at'),
  },
  (table) => [
    index('reviews_opened').on(table.workspaceId, table.openedAt),
    index('reviews_decided').on(table.workspaceId, table.decidedAt),
  ],
);

/** Cases of which the owners were told that a runbook could be made: once a case, whatever came of it. */
export const runbookSuggestions = pgTable('runbook_suggestions', {
  solutionId: uuid('solution_id')
    .$type<SolutionId>()
    .primaryKey()
    .references(() => solutions.id, { onDelete: 'cascade' }),
  workspaceId: workspaceId(),
  postId: uuid('post_id').$type<PostId>().notNull(),
  state: text().$type<'open' | 'taken' | 'dismissed'>().notNull().default('open'),
  /** The platform's id of who took or dismissed it, or `shell`. */
  settledBy: text('settled_by'),
  toldAt: instant('told_at').notNull().default(sql`now()`),
  settledAt: instant('settled_at'),
});
