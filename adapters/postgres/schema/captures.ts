import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { CaptureState, ResolvedBy } from '#domain/automatic-capture/capture.ts';
import type { IncidentId, PostId } from '#domain/ids.ts';
import type { CaseDraft } from '#domain/wording/case-form.ts';
import { instant, workspaceId } from './columns.ts';
import { incidents } from './incidents.ts';

/** Threads of which a case is drafted without being asked, from the line that says so to what became of the draft. */
export const captures = pgTable(
  'captures',
  {
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id')
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
    state: text().$type<CaptureState>().notNull(),
    because: text().$type<ResolvedBy>(),
    /** When the quiet is over, or the draft lapses; null where nothing is waited for. */
    dueAt: instant('due_at'),
    /** Raised by whatever happens, so that what was begun before changes nothing after. */
    round: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** While it waits for a person, and no longer. */
    draft: jsonb().$type<CaseDraft>(),
    postId: uuid('post_id').$type<PostId>(),
    /** Whose words it was made from, by the platform's ids. */
    people: text().array().notNull().default(sql`'{}'`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.incidentId] }),
    index('captures_due').on(table.workspaceId, table.state, table.dueAt).where(sql`due_at is not null`),
    index('captures_post').on(table.workspaceId, table.postId).where(sql`state = 'drafted'`),
  ],
);
