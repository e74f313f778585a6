export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export const dot = (one: Vector, other: Vector): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

export const add = (one: Vector, other: Vector, times = 1): Vector =>
  one.map((value, at) => value + times * (other[at] ?? 0));

/** Gauss-Jordan elimination; the matrix is small and positive definite. */
export function solve(matrix: Matrix, right: Vector): Vector {
  let rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const scale = rows[pivot]?.[pivot] ?? 1;
    const line = (rows[pivot] ?? []).map((value) => value / scale);
    rows = rows.map((row, at) =>
      at === pivot ? line : row.map((value, column) => value - (row[pivot] ?? 0) * (line[column] ?? 0)),
    );
  }
  return rows.map((row) => row.at(-1) ?? 0);
}

/** Mean and spread of each column, by which features become comparable for the ridge. */
export function spreads(rows: Matrix): Vector {
  const means = (rows[0] ?? []).map(
    (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length,
  );
  return means.map(
    (mean, at) =>
      Math.sqrt(rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length) || 1,
  );
}
