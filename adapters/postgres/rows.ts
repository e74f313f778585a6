import { Fault } from '#domain/fault.ts';

/** The first row, or undefined; reads better than an index at the end of a query. */
export function first<Row>(rows: readonly Row[]): Row | undefined {
  return rows[0];
}

/** The row that a statement must have returned. */
export function one<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined)
    throw new Fault('internal', 'no-row', 'A statement returned no row.', 'Please report this.');
  return row;
}
