import { sql } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import type { SearchField } from './index-fields.ts';
import { textArray } from './text-array.ts';

/** The workspace's collection as it is now: counted from its rows, so no edit can make it wrong. */
export interface Statistics {
  readonly documents: number;
  /** Average length of each field in stems, at least 1. */
  readonly lengths: Readonly<Record<SearchField, number>>;
  /** Inverse document frequency; a term that nothing contains has the highest. */
  readonly idf: (term: string) => number;
  readonly isKnown: (term: string) => boolean;
}

/** BM25's idf in the form that never turns negative. */
const inverseFrequency = (documents: number, containing: number): number =>
  Math.log(1 + (documents - containing + 0.5) / (containing + 0.5));

export async function readStatistics(executor: Executor, terms: readonly string[]): Promise<Statistics> {
  const collection = await readCollection(executor);
  const frequencies = await readFrequencies(executor, terms);
  return {
    ...collection,
    idf: (term) => inverseFrequency(collection.documents, frequencies.get(term) ?? 0),
    isKnown: (term) => frequencies.has(term),
  };
}

async function readCollection(executor: Executor): Promise<Pick<Statistics, 'documents' | 'lengths'>> {
  const { documents, ...lengths } = one(
    await readRows<{ documents: number } & Record<SearchField, number>>(
      executor,
      sql`select count(*)::int as documents,
        greatest(avg(title_length), 1)::float8 as title, greatest(avg(lead_length), 1)::float8 as lead,
        greatest(avg(body_length), 1)::float8 as body, greatest(avg(steps_length), 1)::float8 as steps,
        greatest(avg(tags_length), 1)::float8 as tags
      from search_documents`,
    ),
  );
  return { documents, lengths };
}

async function readFrequencies(
  executor: Executor,
  terms: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await readRows<{ term: string; documents: number }>(
    executor,
    sql`select term, count(*)::int as documents from search_postings
      where term = any(${textArray(terms)}) group by term`,
  );
  return new Map(rows.map((row) => [row.term, row.documents]));
}
