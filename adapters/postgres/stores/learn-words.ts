import { sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import { splitWords } from '#domain/text/split-words.ts';
import type { LearntWords } from '#ports/stores/search-index.ts';
import { searchUses, searchUseTerms } from '../schema/search.ts';
import { type LexemeOf, readLexemes } from '../search/read-lexemes.ts';
import { type Idf, readIdf } from '../search/read-statistics.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** What is wrong is said at the beginning; names of machines and counts lead nowhere else. */
const longestText = 1_000;
const mostStems = 40;
/** Rows a statement. */
const batch = 500;

interface Use {
  readonly solutionId: SolutionId;
  readonly source: string;
  readonly stems: readonly string[];
  readonly weight: number;
}

/** See SearchIndex.learn. */
export async function learnWords(scope: StoreScope, learnt: readonly LearntWords[]): Promise<void> {
  const lexemeOf = await readLexemes(
    scope.executor,
    learnt.flatMap(({ text }) => wordsOf(text)),
  );
  const uses = learnt.map(({ text, ...use }): Use => ({ ...use, stems: stemsOf(text, lexemeOf) }));
  const idf = await readIdf(scope.executor, [...new Set(uses.flatMap(({ stems }) => stems))]);
  await scope.executor.delete(searchUses);
  await scope.executor.delete(searchUseTerms);
  const told = uses.filter(({ stems }) => stems.length > 0);
  for (let start = 0; start < told.length; start += batch)
    await insertUses(scope, told.slice(start, start + batch), idf);
  for (let start = 0; start < told.length; start += batch)
    await insertTerms(scope, told.slice(start, start + batch));
}

function wordsOf(text: string): readonly string[] {
  return splitWords(text.slice(0, longestText))
    .filter(({ kind }) => kind === 'plain')
    .flatMap(({ parts }) => parts);
}

function stemsOf(text: string, lexemeOf: LexemeOf): readonly string[] {
  return [...new Set(wordsOf(text).flatMap((word) => lexemeOf(word) ?? []))].slice(0, mostStems);
}

async function insertUses(
  { executor, workspace }: StoreScope,
  uses: readonly Use[],
  idf: Idf,
): Promise<void> {
  const rows = uses.map(({ stems, ...use }) => ({
    ...use,
    stems: stems.join(' '),
    mass: stems.reduce((sum, stem) => sum + idf(stem), 0),
  }));
  await executor.execute(sql`
    insert into search_uses (workspace_id, solution_id, source, stems, mass, weight)
    select ${workspace}::uuid, use."solutionId", use.source, use.stems, use.mass, use.weight
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as use ("solutionId" uuid, source text, stems text, mass real, weight real)`);
}

async function insertTerms({ executor, workspace }: StoreScope, uses: readonly Use[]): Promise<void> {
  const rows = uses.map(({ solutionId, stems }) => ({ solutionId, stems }));
  await executor.execute(sql`
    insert into search_use_terms (workspace_id, term, solution_id)
    select distinct ${workspace}::uuid, term, use."solutionId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as use ("solutionId" uuid, stems jsonb),
      lateral jsonb_array_elements_text(use.stems) as term
    on conflict do nothing`);
}
