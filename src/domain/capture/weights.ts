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

/** What all marks together speak for something: the more, the surer. */
export function addUp(marks: ReadonlyMap<string, number>, { bias, marks: weights }: Weights): number {
  let sum = bias;
  for (const [mark, value] of marks) sum += value * (weights.get(mark) ?? 0);
  return sum;
}

/** From 0, surely not, to 1, surely. */
export const weigh = (marks: ReadonlyMap<string, number>, weights: Weights): number =>
  1 / (1 + Math.exp(-addUp(marks, weights)));
