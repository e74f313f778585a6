/** One line of the table. A figure without a bar is told for orientation. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: 'ms' | 's' | 'MB' | '';
  readonly bar: number | null;
}

export const isMet = ({ measured, bar }: Row): boolean => bar === null || measured <= bar;

export function printTable(rows: readonly Row[]): void {
  console.table(
    rows.map((row) => ({
      what: row.what,
      measured: `${row.measured} ${row.unit}`,
      bar: row.bar === null ? '' : `≤ ${row.bar} ${row.unit}`,
      met: row.bar === null ? '' : isMet(row) ? 'yes' : 'NO',
    })),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Three digits are all that a figure of a shared machine is good for. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
