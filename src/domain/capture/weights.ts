/** How much each mark speaks for something. */
export interface Weights {
  readonly bias: number;
  readonly marks: ReadonlyMap<string, number>;
}

/** `bias; weight mark; weight mark; …`, as the tables of fitted weights are written. */
export function readWeights(table: string): Weights {
  const [bias = '', ...rest] = table.split(';').map((one) => one.trim());
  const marks = rest
    .filter((one) => one !== '')
    .map((one) => [one.slice(one.indexOf(' ') + 1), Number(one.slice(0, one.indexOf(' ')))] as const);
  return { bias: Number(bias), marks: new Map(marks) };
}

/** Marks that count together, in layers: to put those of thousands of messages into maps of their own takes longer than to weigh them. */
export type Layers = readonly ReadonlyMap<string, number>[];

/** What all marks together speak for something: the more, the surer. */
export function addUp(layers: Layers, { bias, marks: weights }: Weights): number {
  let sum = bias;
  for (const marks of layers)
    for (const [mark, value] of marks) if (value !== 0) sum += value * (weights.get(mark) ?? 0);
  return sum;
}

/** Weights for several things, by mark, so that marks are looked up once for all of them. */
export interface JoinedWeights {
  readonly biases: readonly number[];
  readonly marks: ReadonlyMap<string, Float64Array>;
}

export function joinWeights(all: readonly Weights[]): JoinedWeights {
  const marks = new Map<string, Float64Array>();
  for (const [at, one] of all.entries()) {
    for (const [mark, weight] of one.marks) {
      const joined = marks.get(mark) ?? new Float64Array(all.length);
      joined[at] = weight;
      marks.set(mark, joined);
    }
  }
  return { biases: all.map(({ bias }) => bias), marks };
}

/** For each of the things from 0, surely not, to 1, surely. */
export function weighAll(layers: Layers, { biases, marks: joined }: JoinedWeights): readonly number[] {
  const sums = Float64Array.from(biases);
  for (const marks of layers)
    for (const [mark, value] of marks) if (value !== 0) addTo(sums, joined.get(mark), value);
  return Array.from(sums, (sum) => 1 / (1 + Math.exp(-sum)));
}

function addTo(sums: Float64Array, weights: Float64Array | undefined, value: number): void {
  if (!weights) return;
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + value * (weights[at] ?? 0);
}
