import type { Marks } from '#domain/capture/message-marks.ts';

/** Marks as rows of numbers: which columns a row has and how much of each. */
export interface MarkRows {
  readonly names: readonly string[];
  readonly rows: readonly { readonly columns: Int32Array; readonly values: Float64Array }[];
}

/** Marks that fewer rows have are left out. */
export function rowsOf(all: readonly Marks[], fewest: number): MarkRows {
  const counts = new Map<string, number>();
  for (const marks of all)
    for (const [name, value] of marks) if (value !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].flatMap(([name, count]) => (count >= fewest ? [name] : []));
  const columnOf = new Map(names.map((name, column) => [name, column]));
  const rows = all.map((marks) => {
    const kept = [...marks].flatMap(([name, value]) => {
      const column = columnOf.get(name);
      return column === undefined || value === 0 ? [] : [[column, value] as const];
    });
    return {
      columns: Int32Array.from(kept, ([column]) => column),
      values: Float64Array.from(kept, ([, value]) => value),
    };
  });
  return { names, rows };
}

type MarkRow = MarkRows['rows'][number];

export function sumOf({ columns, values }: MarkRow, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < columns.length; at += 1) sum += (values[at] ?? 0) * (weights[columns[at] ?? 0] ?? 0);
  return sum;
}

export function addRow({ columns, values }: MarkRow, factor: number, to: Float64Array): void {
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] ?? 0;
    to[column] = (to[column] ?? 0) + factor * (values[at] ?? 0);
  }
}

/** Half the squares of the weights, each times its ridge, by which they are drawn to nothing; a bias behind them is free. */
export function drawBack(weights: Float64Array, ridges: readonly number[], gradient: Float64Array): number {
  let sum = 0;
  for (const [at, ridge] of ridges.entries()) {
    const weight = weights[at] ?? 0;
    sum += ridge * weight * weight;
    gradient[at] = (gradient[at] ?? 0) + ridge * weight;
  }
  return sum / 2;
}
