/** The value of a function at a point, and into `gradient` its slope there. */
type Slope = (at: Float64Array, gradient: Float64Array) => number;

const mostSteps = 120;
/** Steps that are remembered to guess how the function bends. */
const memory = 8;
const flat = 1e-4;

interface Step {
  readonly moved: Float64Array;
  readonly bent: Float64Array;
}

/** Where a smooth function that curves upwards everywhere is least (limited-memory BFGS), from nothing. */
export function minimise(size: number, slope: Slope): Float64Array {
  let here: Float64Array = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = slope(here, gradient);
  const steps: Step[] = [];
  for (let count = 0; count < mostSteps && norm(gradient) > flat * Math.max(1, norm(here)); count += 1) {
    const found = descend(here, value, gradient, directionOf(gradient, steps), slope);
    if (!found) break;
    steps.push({ moved: minus(found.at, here), bent: minus(found.gradient, gradient) });
    if (steps.length > memory) steps.shift();
    here = found.at;
    gradient = found.gradient;
    value = found.value;
  }
  return here;
}

/** Half as far until it goes down enough; null where it goes no further down. */
function descend(
  here: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  slope: Slope,
) {
  const fall = dot(gradient, direction);
  for (let length = 1; length > 1e-8; length /= 2) {
    const at = here.map((one, index) => one + length * (direction[index] ?? 0));
    const next = new Float64Array(here.length);
    const reached = slope(at, next);
    if (reached <= value + 1e-4 * length * fall) return { at, gradient: next, value: reached };
  }
  return null;
}

function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((one) => -one);
  const pulls: number[] = [];
  for (const { moved, bent } of steps.toReversed()) {
    const pull = dot(moved, direction) / dot(moved, bent);
    pulls.unshift(pull);
    add(direction, bent, -pull);
  }
  const last = steps.at(-1);
  const scale = last
    ? dot(last.moved, last.bent) / dot(last.bent, last.bent)
    : 1 / Math.max(1, norm(gradient));
  for (let index = 0; index < direction.length; index += 1)
    direction[index] = (direction[index] ?? 0) * scale;
  for (const [index, { moved, bent }] of steps.entries())
    add(direction, moved, (pulls[index] ?? 0) - dot(bent, direction) / dot(moved, bent));
  return direction;
}

const minus = (one: Float64Array, other: Float64Array): Float64Array =>
  one.map((value, index) => value - (other[index] ?? 0));
const norm = (one: Float64Array): number => Math.sqrt(dot(one, one));

function add(to: Float64Array, what: Float64Array, factor: number): void {
  for (let index = 0; index < to.length; index += 1)
    to[index] = (to[index] ?? 0) + factor * (what[index] ?? 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
