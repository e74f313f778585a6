import type { SQL } from 'drizzle-orm';
import type { Executor } from './database.ts';

/** Runs a raw statement and returns its rows: the two drivers wrap them differently. The caller names the row's type. */
export async function readRows<Row>(executor: Executor, statement: SQL): Promise<readonly Row[]> {
  const result: unknown = await executor.execute(statement);
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as readonly Row[];
}
