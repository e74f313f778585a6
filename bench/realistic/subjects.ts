import { createRandom } from './random.ts';
import { type Component, components, type Failure, failuresOf } from './vocabulary.ts';

/** What a solution is about, and what a question asks for; one object a pair, so that identity is equality. */
export interface Subject {
  readonly component: Component;
  readonly failure: Failure;
}

const seed = 20_260_101;
/** Solutions of one subject: they differ in region, cause or age, and all of them answer a question about it. */
const most = 12;

const subjectsOf = new Map(
  components.map((component) => [
    component,
    failuresOf(component).map((failure): Subject => ({ component, failure })),
  ]),
);

/** The subjects of the first `count` solutions; a smaller count is a beginning of a larger one. */
export function drawSubjects(count: number): readonly Subject[] {
  const random = createRandom(seed);
  const uses = new Map<Subject, number>();
  const drawn: Subject[] = [];
  while (drawn.length < count) {
    const subject = random.pickFrequent(subjectsOf.get(random.pickFrequent(components)) ?? []);
    const used = uses.get(subject) ?? 0;
    if (used === most) continue;
    uses.set(subject, used + 1);
    drawn.push(subject);
  }
  return drawn;
}
