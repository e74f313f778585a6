import { sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import type { Question } from './measure-match.ts';
import { textArray } from './text-array.ts';

/** An incident that a solution was used for, as the search sees it. */
export interface Use {
  readonly stems: ReadonlySet<string>;
  /** Sum of the stems' idf. */
  readonly mass: number;
  /** 0…1: how surely it helped, and how long ago. */
  readonly weight: number;
}

/** Solutions that use alone may bring in, and the share of the question that their uses must have in all. */
const most = 30;
const leastShare = 0.15;

/** The solutions whose uses have most of the question, best first. */
export async function findUsed(executor: Executor, question: Question): Promise<readonly SolutionId[]> {
  const terms = [...question.meanings.keys()];
  if (terms.length === 0) return [];
  const rows = await readRows<{ id: SolutionId; terms: readonly string[] }>(
    executor,
    sql`select solution_id as id, jsonb_agg(term) as terms from search_use_terms
      where term = any(${textArray(terms)}) group by solution_id`,
  );
  return rows
    .map(({ id, terms: had }) => ({ id, share: question.coverage(had) }))
    .filter(({ share }) => share >= leastShare)
    .sort((one, other) => other.share - one.share || (one.id < other.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
}

/** What these solutions were used for. */
export async function readUses(
  executor: Executor,
  ids: readonly SolutionId[],
): Promise<ReadonlyMap<SolutionId, readonly Use[]>> {
  if (ids.length === 0) return new Map();
  const rows = await readRows<{ id: SolutionId; stems: string; mass: number; weight: number }>(
    executor,
    sql`select solution_id as id, stems, mass::float8, weight::float8 from search_uses
      where solution_id = any(${textArray(ids)}::uuid[])`,
  );
  const uses = rows.map(({ stems, ...use }) => ({ ...use, stems: new Set(stems.split(' ')) }));
  return Map.groupBy(uses, ({ id }) => id);
}
