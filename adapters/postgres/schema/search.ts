import {
  customType,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SolutionId } from '#domain/ids.ts';
import { workspaceId } from './columns.ts';
import { solutions } from './knowledge.ts';

/** pgvector without a fixed dimension: the embedding model decides it, and may change. */
const vector = customType<{ data: string }>({ dataType: () => 'vector' });

/** One row an indexed solution. Lengths count stems; averages over these rows are the collection's statistics. */
export const searchDocuments = pgTable(
  'search_documents',
  {
    workspaceId: workspaceId(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    titleLength: integer('title_length').notNull(),
    leadLength: integer('lead_length').notNull(),
    bodyLength: integer('body_length').notNull(),
    stepsLength: integer('steps_length').notNull(),
    tagsLength: integer('tags_length').notNull(),
    /** Different stems in the title. */
    titleTerms: integer('title_terms').notNull(),
    /** The stems of title and lead in their order, for phrases. */
    opening: text().array().notNull(),
    /** Names that alerts carry, lower case: those the runbook lists, and its title when that is one name. */
    alertNames: text('alert_names').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.solutionId] }),
    index('search_documents_solution').on(table.solutionId),
  ],
);

/**
 * How often a stem occurs in each field of a solution. Weights are applied when asked, so they can change.
 * @public drizzle-kit reads it.
 */
export const searchPostings = pgTable(
  'search_postings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    term: text().notNull(),
    solutionId: uuid('solution_id').$type<SolutionId>().notNull(),
    title: smallint().notNull(),
    lead: smallint().notNull(),
    body: smallint().notNull(),
    steps: smallint().notNull(),
    tags: smallint().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.term, table.solutionId] }),
    index('search_postings_solution').on(table.workspaceId, table.solutionId),
    foreignKey({
      name: 'search_postings_document',
      columns: [table.workspaceId, table.solutionId],
      foreignColumns: [searchDocuments.workspaceId, searchDocuments.solutionId],
    }).onDelete('cascade'),
  ],
);

/**
 * A solution’s vector; goes with its document, so an edited solution is embedded again.
 * @public drizzle-kit reads it.
 */
export const searchEmbeddings = pgTable(
  'search_embeddings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    solutionId: uuid('solution_id').$type<SolutionId>().notNull(),
    model: text().notNull(),
    embedding: vector().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.model, table.solutionId] }),
    index('search_embeddings_solution').on(table.workspaceId, table.solutionId),
    foreignKey({
      name: 'search_embeddings_document',
      columns: [table.workspaceId, table.solutionId],
      foreignColumns: [searchDocuments.workspaceId, searchDocuments.solutionId],
    }).onDelete('cascade'),
  ],
);
