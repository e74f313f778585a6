import { sql } from 'drizzle-orm';
import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { PostId, RunId, VersionId } from '#domain/ids.ts';
import { instant, workspaceId } from './columns.ts';
import { solutionVersions } from './knowledge.ts';

/** What is kept of the review of a version beside its state: why it was proposed, and what was decided. */
export const reviews = pgTable('reviews', {
  versionId: uuid('version_id')
    .$type<VersionId>()
    .primaryKey()
    .references(() => solutionVersions.id, { onDelete: 'cascade' }),
  workspaceId: workspaceId(),
  why: text().notNull().default(''),
  /** Output of the runs behind it, redacted. */
  evidence: text().notNull().default(''),
  runs: jsonb().$type<readonly RunId[]>().notNull().default([]),
  /** The card that tells of it, which a decision stamps. */
  postId: uuid('post_id').$type<PostId>(),
  decision: text().$type<'approved' | 'rejected'>(),
  decidedBy: text('decided_by'),
  notes: text().notNull().default(''),
  openedAt: instant('opened_at').notNull().default(sql`now()`),
  decidedAt: instant('decided_at'),
  /** When its owners were told that it does worse than the version before. */
  declinedAt: instant('declined_at'),
});
