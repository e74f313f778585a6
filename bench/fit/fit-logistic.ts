import { dot, solve, spreads, type Vector } from './solve.ts';

export interface Example {
  readonly features: Vector;
  readonly right: boolean;
  readonly weight: number;
}

const ridge = 1;
const rounds = 40;

/** Logistic regression by Newton's method; the first coefficient is the bias. */
export function fitLogistic(examples: readonly Example[]): Vector {
  const spread = [1, ...spreads(examples.map(({ features }) => features))];
  const rows = examples.map(({ features, ...rest }) => ({
    ...rest,
    row: [1, ...features].map((value, at) => value / (spread[at] ?? 1)),
  }));
  let weights: Vector = spread.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -ridge * weight));
    const curvature = weights.map((_, at) =>
      weights.map((__, other) => (at === other ? (at === 0 ? 1e-9 : ridge) : 0)),
    );
    for (const { row, right, weight } of rows) {
      const chance = 1 / (1 + Math.exp(-dot(row, weights)));
      addExample(
        { gradient, curvature },
        row,
        weight * (Number(right) - chance),
        weight * chance * (1 - chance),
      );
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, at) => weight + (step[at] ?? 0));
  }
  return weights.map((weight, at) => weight / (spread[at] ?? 1));
}

function addExample(
  { gradient, curvature }: { readonly gradient: number[]; readonly curvature: number[][] },
  row: Vector,
  pull: number,
  bend: number,
): void {
  row.forEach((value, at) => {
    gradient[at] = (gradient[at] ?? 0) + pull * value;
    const line = curvature[at] ?? [];
    row.forEach((other, column) => {
      line[column] = (line[column] ?? 0) + bend * value * other;
    });
  });
}
