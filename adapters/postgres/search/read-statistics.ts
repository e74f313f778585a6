import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { documentsInBytes, type PostingList, readPostings } from './packed-postings.ts';
import { textArray } from './text-array.ts';

/** What the index of a workspace knows about some stems, as it is now. */
export interface Statistics {
  readonly documents: number;
  /** Document numbers are below this. */
  readonly numbers: number;
  /** Inverse document frequency; a term that nothing contains has the highest. */
  readonly idf: (term: string) => number;
  readonly isKnown: (term: string) => boolean;
  /** The packed postings of a known stem. */
  readonly postings: ReadonlyMap<string, PostingList>;
}

export type Idf = Statistics['idf'];

/** BM25's idf in the form that never turns negative. */
const inverseFrequency = (documents: number, containing: number): number =>
  Math.log(1 + (documents - containing + 0.5) / (containing + 0.5));

export async function readStatistics(executor: Executor, terms: readonly string[]): Promise<Statistics> {
  const [[collection], postings] = await Promise.all([readCollection(executor), readLists(executor, terms)]);
  const { documents, numbers } = collection ?? { documents: 0, numbers: 0 };
  const containing = (term: string): number => postings.get(term)?.length ?? 0;
  return {
    documents,
    numbers,
    idf: (term) => inverseFrequency(documents, containing(term)),
    isKnown: (term) => postings.has(term),
    postings,
  };
}

/** The idf of some stems when their postings are not needed. */
export async function readIdf(executor: Executor, terms: readonly string[]): Promise<Idf> {
  const [collection] = await readCollection(executor);
  const rows = await readRows<{ term: string; bytes: number }>(
    executor,
    sql`select term, sum(octet_length(postings))::int as bytes
      from search_postings where term = any(${textArray(terms)}) group by term`,
  );
  const containing = new Map(rows.map(({ term, bytes }) => [term, documentsInBytes(bytes)]));
  return (term) => inverseFrequency(collection?.documents ?? 0, containing.get(term) ?? 0);
}

function readCollection(executor: Executor) {
  return readRows<{ documents: number; numbers: number }>(
    executor,
    sql`select documents, next_number as numbers from search_collections`,
  );
}

async function readLists(
  executor: Executor,
  terms: readonly string[],
): Promise<ReadonlyMap<string, PostingList>> {
  const rows = await readRows<{ term: string; postings: string }>(executor, postingsStatement(terms));
  return new Map(rows.map(({ term, postings }) => [term, readPostings(Buffer.from(postings, 'base64'))]));
}

/**
 * Stems reach their blocks by equality, which row-level security lets an index serve. Base64 is what both drivers
 * hand over soonest. Exported for the test that explains it.
 */
export function postingsStatement(terms: readonly string[]): SQL {
  return sql`select term, encode(string_agg(postings, ''::bytea), 'base64') as postings
    from search_postings where term = any(${textArray(terms)}) group by term`;
}
