import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import { textArray } from '../search/text-array.ts';

/** Whether a column names none of the solutions that somebody may not see. */
export function visible(column: SQL, hidden: readonly SolutionId[]): SQL {
  // One parameter, however many they are.
  return hidden.length === 0 ? sql`true` : sql`${column} <> all(${textArray(hidden)}::uuid[])`;
}

/** So many days before now, on the clock of the database. */
export const daysAgo = (days: number): SQL => sql`now() - make_interval(days => ${days}::int)`;
