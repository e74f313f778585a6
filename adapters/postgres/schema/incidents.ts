import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Context } from '#domain/context.ts';
import type { IncidentId, PersonId, PostId, RecommendationId, SolutionId, VersionId } from '#domain/ids.ts';
import type { IncidentState } from '#domain/incident.ts';
import type { Report } from '#domain/learning/report.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { RecommendationState } from '#domain/recommendation.ts';
import { instant, workspaceId } from './columns.ts';
import { solutions, solutionVersions } from './knowledge.ts';
import { people } from './people.ts';

export const incidents = pgTable(
  'incidents',
  {
    id: uuid().$type<IncidentId>().primaryKey(),
    workspaceId: workspaceId(),
    channel: text().notNull(),
    thread: text().notNull(),
    problem: text().notNull(),
    state: text().$type<IncidentState>().notNull(),
    context: jsonb().$type<Context>().notNull(),
    openedBy: uuid('opened_by')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    /** Who said what it is about, by the platform's id, where that was said later; null for whoever opened it. */
    statedBy: text('stated_by'),
    openedAt: instant('opened_at').notNull().default(sql`now()`),
    resolvedAt: instant('resolved_at'),
  },
  (table) => [
    unique('incidents_thread').on(table.workspaceId, table.channel, table.thread),
    index('incidents_opened').on(table.workspaceId, table.channel, table.openedAt),
    index('incidents_newest').on(table.workspaceId, table.openedAt),
    index('incidents_resolved').on(table.workspaceId, table.resolvedAt),
    index('incidents_open_by')
      .on(table.workspaceId, table.openedBy)
      .where(sql`state in ('open', 'mitigated')`),
  ],
);

export const recommendations = pgTable(
  'recommendations',
  {
    id: uuid().$type<RecommendationId>().primaryKey(),
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id')
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id),
    versionId: uuid('version_id')
      .$type<VersionId>()
      .notNull()
      .references(() => solutionVersions.id),
    rank: integer().notNull(),
    confidence: doublePrecision().notNull(),
    similarity: doublePrecision().notNull(),
    success: doublePrecision().notNull(),
    context: doublePrecision().notNull(),
    why: jsonb().$type<readonly string[]>().notNull(),
    state: text().$type<RecommendationState>().notNull(),
    postId: uuid('post_id').$type<PostId>().notNull(),
    verdictPostId: uuid('verdict_post_id').$type<PostId>(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [
    index('recommendations_incident').on(table.workspaceId, table.incidentId),
    index('recommendations_solution').on(table.workspaceId, table.solutionId),
  ],
);

export const feedback = pgTable(
  'feedback',
  {
    workspaceId: workspaceId(),
    recommendationId: uuid('recommendation_id')
      .$type<RecommendationId>()
      .notNull()
      .references(() => recommendations.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    verdict: text().$type<Verdict>().notNull(),
    changedAt: instant('changed_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.recommendationId, table.personId] }),
    index('feedback_changed').on(table.workspaceId, table.changedAt),
  ],
);

/** Whether the alert that a solution was used for resolved within its window. */
export const alertSignals = pgTable('alert_signals', {
  recommendationId: uuid('recommendation_id')
    .$type<RecommendationId>()
    .primaryKey()
    .references(() => recommendations.id, { onDelete: 'cascade' }),
  workspaceId: workspaceId(),
  resolved: boolean().notNull(),
  at: instant().notNull().default(sql`now()`),
});

/** What people say in words about a recommendation: one comment a person. */
export const comments = pgTable(
  'comments',
  {
    workspaceId: workspaceId(),
    recommendationId: uuid('recommendation_id')
      .$type<RecommendationId>()
      .notNull()
      .references(() => recommendations.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    text: text().notNull(),
    /** What they said besides in the form; null for a comment from before there was a form. */
    report: jsonb().$type<Report>(),
    changedAt: instant('changed_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.recommendationId, table.personId] }),
    index('comments_changed').on(table.workspaceId, table.changedAt),
  ],
);
