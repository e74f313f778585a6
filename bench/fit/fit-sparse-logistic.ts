/** One example: what it has, by name, and whether it is what is looked for. */
export interface SparseExample {
  readonly marks: ReadonlyMap<string, number>;
  readonly right: boolean;
}

export interface FittedWeights {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

export interface FitSettings {
  /** How strongly weights are drawn to nothing. */
  readonly ridge: number;
  /** Marks that fewer examples have are left out. */
  readonly fewest: number;
  /** Weights nearer to nothing than this are left out at the end. */
  readonly least: number;
}

const rounds = 300;
/** No logistic curve bends more. */
const steepest = 0.25;

interface Column {
  readonly name: string;
  readonly entries: readonly (readonly [row: number, value: number])[];
}

/** Logistic regression with a ridge, weight by weight in turn; each step goes down, so it always ends near the best. */
export function fitSparseLogistic(
  examples: readonly SparseExample[],
  { ridge, fewest, least }: FitSettings,
): FittedWeights {
  const columns = columnsOf(examples).filter(({ entries }) => entries.length >= fewest);
  const bias: Column = { name: '', entries: examples.map((_, row) => [row, 1]) };
  const margins = examples.map(() => 0);
  const weights = new Map<string, number>();
  const descend = ({ name, entries }: Column, pull: number) => {
    const weight = weights.get(name) ?? 0;
    let gradient = pull * weight;
    let bend = pull + 1e-9;
    for (const [row, value] of entries) {
      const chance = 1 / (1 + Math.exp(-(margins[row] ?? 0)));
      gradient += value * (chance - Number(examples[row]?.right));
      bend += value * value * steepest;
    }
    const step = -gradient / bend;
    weights.set(name, weight + step);
    for (const [row, value] of entries) margins[row] = (margins[row] ?? 0) + step * value;
  };
  for (let round = 0; round < rounds; round += 1) {
    descend(bias, 0);
    for (const column of columns) descend(column, ridge);
  }
  const kept = [...weights].filter(([name, weight]) => name !== '' && Math.abs(weight) >= least);
  return { bias: weights.get('') ?? 0, weights: new Map(kept) };
}

function columnsOf(examples: readonly SparseExample[]): readonly Column[] {
  const columns = new Map<string, (readonly [number, number])[]>();
  for (const [row, { marks }] of examples.entries())
    for (const [name, value] of marks) {
      if (value === 0) continue;
      const entries = columns.get(name) ?? [];
      columns.set(name, entries);
      entries.push([row, value]);
    }
  return [...columns].map(([name, entries]) => ({ name, entries }));
}
