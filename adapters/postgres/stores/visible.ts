import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';

/** Whether a column names none of the solutions that somebody may not see. */
export function visible(column: SQL, hidden: readonly SolutionId[]): SQL {
  if (hidden.length === 0) return sql`true`;
  const ids = sql.join(
    hidden.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  return sql`${column} not in (${ids})`;
}

/** So many days before now, on the clock of the database. */
export const daysAgo = (days: number): SQL => sql`now() - make_interval(days => ${days}::int)`;
