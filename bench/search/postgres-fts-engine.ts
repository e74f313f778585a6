import postgres from 'postgres';
import { found, plainDocument, type SearchEngine } from './engine.ts';

/**
 * PostgreSQL's own full-text search as its manual has it: a weighted tsvector column with a GIN index, ranked by
 * ts_rank_cd. The words are joined by OR: with AND, a sentence finds nothing.
 */
export async function openPostgresFts(url: string): Promise<SearchEngine> {
  const client = postgres(url, { max: 10, onnotice: () => undefined });
  await client`create table fts_documents (id text primary key, words tsvector not null)`;
  await client`create index fts_documents_words on fts_documents using gin (words)`;
  return {
    load: async (versions) => {
      const documents = versions.map(plainDocument);
      await client`
        insert into fts_documents
        select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'D')
        from unnest(
          ${documents.map(({ id }) => id)}::text[],
          ${documents.map(({ title }) => title)}::text[],
          ${documents.map(({ body }) => body)}::text[]
        ) as document (id, title, body)`;
    },
    settle: async () => {
      await client`vacuum (analyze) fts_documents`;
    },
    find: async (text) => {
      const rows = await client<{ id: string }[]>`
        select id from fts_documents,
          (select replace(plainto_tsquery('english', ${text})::text, ' & ', ' | ')::tsquery) as asked (query)
        where words @@ query order by ts_rank_cd(words, query) desc, id limit ${found}`;
      return rows.map(({ id }) => id);
    },
    diskBytes: async () => {
      const [row] = await client<
        { bytes: string }[]
      >`select pg_total_relation_size('fts_documents')::text as bytes`;
      return Number(row?.bytes);
    },
    close: () => client.end(),
  };
}
