import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { type SearchField, searchFields } from './index-fields.ts';
import type { Statistics } from './read-statistics.ts';
import type { SearchSettings } from './search-settings.ts';
import { textArray } from './text-array.ts';

/** A solution with its lexical score and what made it. */
export interface Scored {
  readonly id: SolutionId;
  readonly kind: SolutionKind;
  readonly score: number;
  readonly titleTerms: number;
  readonly alertNames: readonly string[];
  /** Stems of title and lead, in order. */
  readonly opening: readonly string[];
  readonly matches: readonly TermMatch[];
}

/** What one stem added to the score, and whether the title has it. */
export interface TermMatch {
  readonly term: string;
  readonly score: number;
  readonly inTitle: boolean;
}

/**
 * The best solutions in force by BM25 over each field, summed with the fields' weights. `weights` holds idf times
 * query weight a stem. Stems reach their postings by equality, which row-level security lets an index serve.
 */
export function scoreDocuments(
  executor: Executor,
  weights: ReadonlyMap<string, number>,
  statistics: Statistics,
  settings: SearchSettings,
): Promise<readonly Scored[]> {
  return readRows<Scored>(executor, scoreStatement(weights, statistics, settings));
}

/** Exported for the test that explains it. */
export function scoreStatement(
  weights: ReadonlyMap<string, number>,
  statistics: Statistics,
  settings: SearchSettings,
): SQL {
  const strength = sql.join(
    searchFields.map((field) => fieldScore(field, statistics, settings)),
    sql` + `,
  );
  return sql`
    with hit as materialized (
      select * from search_postings where term = any(${textArray([...weights.keys()])})
    ), part as (
      select hit.solution_id, hit.term, weight.value * (${strength}) as score,
        hit.title > 0 as in_title
      from hit
      join jsonb_each_text(${JSON.stringify(Object.fromEntries(weights))}::text::jsonb) as asked (term, value)
        on asked.term = hit.term
      cross join lateral (select asked.value::float8 as value) as weight
      join search_documents document on document.solution_id = hit.solution_id
    ), best as (
      select part.solution_id, sum(part.score) as score
      from part
      join solution_versions version on version.solution_id = part.solution_id and version.state = 'active'
      group by part.solution_id
      order by score desc, part.solution_id
      limit ${settings.pool}
    ), matched as (
      select part.solution_id, jsonb_agg(jsonb_build_object('term', part.term, 'score', part.score,
        'inTitle', part.in_title)) as matches
      from best join part using (solution_id) group by part.solution_id
    )
    select best.solution_id as id, solution.kind, best.score, document.title_terms as "titleTerms",
      to_jsonb(document.alert_names) as "alertNames", to_jsonb(document.opening) as opening, matched.matches
    from best
    join matched using (solution_id)
    join search_documents document using (solution_id)
    join solutions solution on solution.id = best.solution_id
    order by best.score desc, best.solution_id`;
}

/** Names come from `searchFields` alone, so they may go into the statement as they are. */
function fieldScore(field: SearchField, statistics: Statistics, settings: SearchSettings): SQL {
  const { saturation, lengthPenalty, fields } = settings;
  const count = sql.raw(`hit.${field}`);
  const length = sql.raw(`document.${field}_length`);
  const perWord = lengthPenalty / statistics.lengths[field];
  return sql`${fields[field]}::float8 * ${count} * ${saturation + 1}::float8
    / (${count} + ${saturation}::float8 * (${1 - lengthPenalty}::float8 + ${perWord}::float8 * ${length}))`;
}
