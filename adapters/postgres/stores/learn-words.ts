import { sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import { splitWords } from '#domain/text/split-words.ts';
import type { LearntWords } from '#ports/stores/search-index.ts';
import { readRows } from '../read-rows.ts';
import { type LexemeOf, readLexemes } from '../search/read-lexemes.ts';
import { type Idf, readIdf } from '../search/read-statistics.ts';
import { textArray } from '../search/text-array.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** What is wrong is said at the beginning; names of machines and counts lead nowhere else. */
const longestText = 1_000;
const mostStems = 40;
/** Rows a statement, about. */
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
  const told = Map.groupBy(
    uses.filter(({ stems }) => stems.length > 0),
    ({ solutionId }) => solutionId,
  );
  await forgetOthers(scope, [...told.keys()]);
  for (const some of batchesOf([...told.values()])) await replaceUses(scope, some, idf);
}

/** All uses of a solution are in one batch, of which each but the last has as many rows as `batch` or more. */
function batchesOf(bySolution: readonly (readonly Use[])[]): readonly (readonly Use[])[] {
  const batches: Use[][] = [];
  for (const uses of bySolution) {
    const last = batches.at(-1);
    if (last && last.length < batch) last.push(...uses);
    else batches.push([...uses]);
  }
  return batches;
}

async function replaceUses(scope: StoreScope, uses: readonly Use[], idf: Idf): Promise<void> {
  const removed = await removeUses(scope, uses);
  const written = await writeUses(scope, uses, idf);
  const changed = [...new Set([...removed, ...written])];
  if (changed.length === 0) return;
  await removeTerms(scope, changed);
  await addTerms(scope, changed);
}

function wordsOf(text: string): readonly string[] {
  return splitWords(text.slice(0, longestText))
    .filter(({ kind }) => kind === 'plain')
    .flatMap(({ parts }) => parts);
}

function stemsOf(text: string, lexemeOf: LexemeOf): readonly string[] {
  return [...new Set(wordsOf(text).flatMap((word) => lexemeOf(word) ?? []))].slice(0, mostStems);
}

/** Solutions that have nothing to teach any more. */
async function forgetOthers({ executor }: StoreScope, kept: readonly SolutionId[]): Promise<void> {
  const others = sql`solution_id <> all(${textArray(kept)}::uuid[])`;
  await executor.execute(sql`delete from search_uses where ${others}`);
  await executor.execute(sql`delete from search_use_terms where ${others}`);
}

/** Of the solutions of these uses, those that taught something else too. */
async function removeUses({ executor }: StoreScope, uses: readonly Use[]): Promise<readonly SolutionId[]> {
  const kept = JSON.stringify(uses.map(({ solutionId, source }) => ({ solutionId, source })));
  const ids = textArray([...new Set(uses.map(({ solutionId }) => solutionId))]);
  const removed = await readRows<{ id: SolutionId }>(
    executor,
    sql`with kept as materialized (
        select * from jsonb_to_recordset(${kept}::text::jsonb) as use ("solutionId" uuid, source text))
      delete from search_uses had where had.solution_id = any(${ids}::uuid[]) and not exists (
        select from kept where kept."solutionId" = had.solution_id and kept.source = had.source)
      returning had.solution_id as id`,
  );
  return removed.map(({ id }) => id);
}

/** Touches only rows that differ: most uses teach today what they taught yesterday. */
async function writeUses(
  { executor, workspace }: StoreScope,
  uses: readonly Use[],
  idf: Idf,
): Promise<readonly SolutionId[]> {
  const rows = uses.map(({ stems, ...use }) => ({
    ...use,
    stems: stems.join(' '),
    mass: stems.reduce((sum, stem) => sum + idf(stem), 0),
  }));
  const written = await readRows<{ id: SolutionId }>(
    executor,
    sql`insert into search_uses as had (workspace_id, solution_id, source, stems, mass, weight)
      select ${workspace}::uuid, use."solutionId", use.source, use.stems, use.mass, use.weight
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as use ("solutionId" uuid, source text, stems text, mass real, weight real)
      on conflict (workspace_id, solution_id, source) do update
        set stems = excluded.stems, mass = excluded.mass, weight = excluded.weight
        where (had.stems, had.mass, had.weight) is distinct from (excluded.stems, excluded.mass, excluded.weight)
      returning solution_id as id`,
  );
  return written.map(({ id }) => id);
}

async function removeTerms({ executor }: StoreScope, ids: readonly SolutionId[]): Promise<void> {
  await executor.execute(sql`
    with had as materialized (select solution_id, string_to_array(stems, ' ') as stems from search_uses
      where solution_id = any(${textArray(ids)}::uuid[]))
    delete from search_use_terms gone where gone.solution_id = any(${textArray(ids)}::uuid[]) and not exists (
      select from had where had.solution_id = gone.solution_id and gone.term = any(had.stems))`);
}

async function addTerms({ executor, workspace }: StoreScope, ids: readonly SolutionId[]): Promise<void> {
  await executor.execute(sql`
    insert into search_use_terms (workspace_id, term, solution_id)
    select distinct ${workspace}::uuid, term, solution_id
    from search_uses, lateral string_to_table(stems, ' ') as term
    where solution_id = any(${textArray(ids)}::uuid[])
    on conflict do nothing`);
}
