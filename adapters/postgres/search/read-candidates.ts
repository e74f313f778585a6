import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { bestNumbers } from './best-numbers.ts';
import { readUses, type Use } from './read-uses.ts';
import { textArray } from './text-array.ts';

/** A solution in force with its lexical score and the stems that the second look reads. */
export interface Candidate {
  readonly id: SolutionId;
  readonly kind: SolutionKind;
  readonly score: number;
  readonly document: CandidateDocument;
}

export interface CandidateDocument {
  readonly stems: readonly string[];
  readonly titleLength: number;
  readonly leadLength: number;
  readonly alertNames: readonly string[];
  /** 0…1: how plainly it says that it is about something going wrong. */
  readonly trouble: number;
  /** Incidents that it was used for. */
  readonly uses: readonly Use[];
}

interface Row extends Omit<CandidateDocument, 'stems' | 'uses'> {
  readonly id: SolutionId;
  readonly kind: SolutionKind;
  readonly number: number;
  readonly stems: string;
}

/** How many more are looked at when too many of the best are not in force or do not pass the filter. */
const widening = 8;

/** What is looked for: the scores of all documents, solutions to look at besides, and what must hold of each. */
export interface Wanted {
  readonly scores: Float64Array;
  readonly besides: readonly SolutionId[];
  /** Over `document`, see filterCondition. */
  readonly condition: SQL;
  readonly limit: number;
}

/**
 * The `limit` best solutions that are in force and pass, best first: exactly those that a scan of all would give,
 * because it goes down the whole order until there are enough. Then those of `besides` that pass too.
 */
export async function readCandidates(executor: Executor, wanted: Wanted): Promise<readonly Candidate[]> {
  const best = await readBest(executor, wanted);
  const ids = new Set(best.map(({ id }) => id));
  const others = wanted.besides.filter((id) => !ids.has(id));
  const more = others.length === 0 ? [] : await readRows<Row>(executor, besidesStatement(others, wanted));
  const rows = [...best, ...more];
  const uses = await readUses(
    executor,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, kind, number, stems, ...document }) => ({
    id,
    kind,
    score: wanted.scores[number] ?? 0,
    document: { ...document, stems: stems.split(' '), uses: uses.get(id) ?? [] },
  }));
}

async function readBest(executor: Executor, { scores, condition, limit }: Wanted): Promise<readonly Row[]> {
  for (let width = limit; ; width *= widening) {
    const numbers = bestNumbers(scores, width);
    if (numbers.length === 0) return [];
    const rows = await readRows<Row>(executor, documentsStatement(numbers, condition, limit));
    if (rows.length >= limit || numbers.length < width) return rows;
  }
}

/** `numbers` in their order of worth. Exported for the test that explains it. */
export function documentsStatement(numbers: readonly number[], condition: SQL, limit: number): SQL {
  const wanted = sql`${`{${numbers.join(',')}}`}::text::int[]`;
  return sql`${documents} join unnest(${wanted}) with ordinality as place (number, at) on place.number = document.number
    where document.number = any(${wanted}) and ${condition} order by place.at limit ${limit}`;
}

const besidesStatement = (ids: readonly SolutionId[], { condition }: Wanted): SQL =>
  sql`${documents} where document.solution_id = any(${textArray(ids)}::uuid[]) and ${condition}
    order by document.number`;

const documents = sql`select document.solution_id as id, document.number, document.kind, document.stems,
    document.trouble::float8, document.title_length as "titleLength", document.lead_length as "leadLength",
    to_jsonb(document.alert_names) as "alertNames"
  from search_documents document
  join solution_versions version on version.solution_id = document.solution_id and version.state = 'active'`;
