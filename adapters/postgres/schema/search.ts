import { type SQL, sql } from 'drizzle-orm';
import {
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SolutionId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import { workspaceId } from './columns.ts';
import { solutions } from './knowledge.ts';

/** pgvector without a fixed dimension: the embedding model decides it, and may change. */
const vector = customType<{ data: string }>({ dataType: () => 'vector' });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** One row a workspace: how many documents its index has. Its lock orders the writers of the index. */
export const searchCollections = pgTable('search_collections', {
  workspaceId: workspaceId().primaryKey(),
  /** Documents are numbered from 0; numbers of documents that went are not given again. */
  nextNumber: integer('next_number').notNull(),
  documents: integer().notNull(),
  /** Grows with every change of the index. */
  revision: integer().notNull(),
});

/**
 * One row an indexed solution. It does not go with its solution by itself: who deletes a solution takes it out of the
 * index first, or the postings would stay.
 */
export const searchDocuments = pgTable(
  'search_documents',
  {
    workspaceId: workspaceId(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id),
    number: integer().notNull(),
    /** The version of the analysis that made the row; see search-settings.ts. */
    analysis: integer().notNull(),
    /** All stems in order, one blank between two: title, then body, then tags. */
    stems: text().notNull(),
    titleLength: integer('title_length').notNull(),
    leadLength: integer('lead_length').notNull(),
    /** 0…1: how plainly it says that it is about something going wrong. */
    trouble: real().notNull(),
    /** Names that alerts carry, lower case: those the runbook lists, and its title when that is one name. */
    alertNames: text('alert_names').array().notNull(),
    /** What a search filters by. Labels are trimmed and lower case; an empty array is a label that is not known. */
    kind: text().$type<SolutionKind>().notNull(),
    os: text().array().notNull(),
    application: text().array().notNull(),
    environment: text().array().notNull(),
    service: text().array().notNull(),
    hostGroup: text('host_group').array().notNull(),
    /** SHA-256 of the text that is embedded, hex; a vector with another hash is of an older text. */
    contentHash: text('content_hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.solutionId] }),
    unique('search_documents_number').on(table.workspaceId, table.number),
    index('search_documents_solution').on(table.solutionId),
  ],
);

/**
 * Which documents have a stem, and how much it counts there: packed-postings.ts.
 * @public drizzle-kit reads it.
 */
export const searchPostings = pgTable(
  'search_postings',
  {
    workspaceId: workspaceId(),
    term: text().notNull(),
    block: integer().notNull(),
    postings: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.term, table.block] })],
);

/**
 * An incident that a solution resolved or was picked for: its words, bounded and redacted. The fold works
 * them out anew, so they fade with age and go with a vote that is taken back.
 */
export const searchUses = pgTable(
  'search_uses',
  {
    workspaceId: workspaceId(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    /** The incident, or whatever else links the words to the solution. */
    source: text().notNull(),
    /** Different stems, one blank between two. */
    stems: text().notNull(),
    /** Sum of the stems' idf when this was written. */
    mass: real().notNull(),
    /** 0…1: how surely it helped, and how long ago. */
    weight: real().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.solutionId, table.source] }),
    index('search_uses_solution').on(table.solutionId),
  ],
);

/** Which solutions have a use with a stem. */
export const searchUseTerms = pgTable(
  'search_use_terms',
  {
    workspaceId: workspaceId(),
    term: text().notNull(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.term, table.solutionId] }),
    index('search_use_terms_solution').on(table.solutionId),
  ],
);

/**
 * A solution's vector by a model. It hangs on the solution and not on its document: an edit keeps the old vector until
 * the new one is there. `adapters/postgres/search/vector-index.ts` adds an HNSW index a model where there are many.
 * @public drizzle-kit reads it.
 */
export const searchEmbeddings = pgTable(
  'search_embeddings',
  {
    workspaceId: workspaceId(),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    model: text().notNull(),
    embedding: vector().notNull(),
    /** Of the text that was embedded, as in search_documents. */
    contentHash: text('content_hash').notNull(),
    dimensions: integer()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`vector_dims(embedding)`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.model, table.solutionId] }),
    index('search_embeddings_solution').on(table.solutionId),
  ],
);
