import { add, dot, type Matrix, solve, spreads, type Vector } from './solve.ts';

/** The candidates of one question, and which of them are right. */
export interface Choice {
  readonly rows: Matrix;
  readonly right: readonly boolean[];
  readonly weight: number;
}

const ridge = 1;
const rounds = 30;

/**
 * Conditional logit: weights under which the right candidates of each question are likeliest chosen among its own, by
 * damped Newton steps. Questions without a right candidate teach nothing about order.
 */
export function fitOrder(choices: readonly Choice[]): Vector {
  const usable = choices.filter(({ right }) => right.includes(true));
  const spread = spreads(usable.flatMap(({ rows }) => rows));
  const scaled = usable.map((choice) => ({
    ...choice,
    rows: choice.rows.map((row) => row.map((value, at) => value / (spread[at] ?? 1))),
  }));
  let weights: Vector = spread.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    const next = improve(scaled, weights);
    if (next === undefined) break;
    weights = next;
  }
  return weights.map((weight, at) => weight / (spread[at] ?? 1));
}

function improve(choices: readonly Choice[], weights: Vector): Vector | undefined {
  const { gradient, curvature } = slopes(choices, weights);
  const step = solve(curvature, gradient);
  const before = likelihood(choices, weights);
  for (let part = 1; part > 1e-3; part /= 2) {
    const next = add(weights, step, part);
    if (likelihood(choices, next) > before + 1e-4) return next;
  }
  return undefined;
}

function likelihood(choices: readonly Choice[], weights: Vector): number {
  return choices.reduce(
    (sum, choice) => {
      const { chances } = chancesOf(choice, weights);
      const right = chances.reduce((total, chance, at) => total + (choice.right[at] ? chance : 0), 0);
      return sum + choice.weight * Math.log(right + 1e-300);
    },
    -(ridge / 2) * dot(weights, weights),
  );
}

function slopes(choices: readonly Choice[], weights: Vector) {
  const gradient = weights.map((weight) => -ridge * weight);
  const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? ridge : 0)));
  for (const choice of choices) {
    const { chances, ofRight } = chancesOf(choice, weights);
    const mean = meanRow(choice.rows, chances);
    const wanted = meanRow(choice.rows, ofRight);
    mean.forEach((value, at) => {
      gradient[at] = (gradient[at] ?? 0) + choice.weight * ((wanted[at] ?? 0) - value);
    });
    addSpread(curvature, choice, chances, mean);
  }
  return { gradient, curvature };
}

/** Of what is chosen: the covariance of the features, which bends the likelihood. */
function addSpread(curvature: number[][], { rows, weight }: Choice, chances: Vector, mean: Vector): void {
  rows.forEach((row, at) => {
    const share = weight * (chances[at] ?? 0);
    row.forEach((value, one) => {
      const line = curvature[one] ?? [];
      row.forEach((other, two) => {
        line[two] = (line[two] ?? 0) + share * (value - (mean[one] ?? 0)) * (other - (mean[two] ?? 0));
      });
    });
  });
}

function chancesOf({ rows, right }: Choice, weights: Vector) {
  const scores = rows.map((row) => dot(row, weights));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const chances = normalise(powers);
  return { chances, ofRight: normalise(powers.map((power, at) => (right[at] ? power + 1e-300 : 0))) };
}

function normalise(values: Vector): Vector {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  return values.map((value) => value / total);
}

function meanRow(rows: Matrix, shares: Vector): Vector {
  return (rows[0] ?? []).map((_, at) =>
    rows.reduce((sum, row, index) => sum + (shares[index] ?? 0) * (row[at] ?? 0), 0),
  );
}
