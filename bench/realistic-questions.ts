import { fillSlots } from './realistic/fill-slots.ts';
import { createRandom, type Random } from './realistic/random.ts';
import type { Subject } from './realistic/subjects.ts';
import { alertName, slugAt } from './realistic-solutions.ts';

export interface RealisticQuestion {
  readonly kind: 'alert' | 'description' | 'chat';
  readonly text: string;
  /** Slugs of all solutions of its subject; at least one. */
  readonly relevant: readonly string[];
}

/** Solutions and questions must not share their streams of numbers. */
const seed = 500_000_000;

/**
 * Questions about solutions with these subjects, always the same; the three kinds take turns, so that a beginning of
 * the list is as hard as the whole. What is often written about is often asked for.
 */
export function realisticQuestions(
  count: number,
  subjects: readonly Subject[],
): readonly RealisticQuestion[] {
  const slugs = new Map<Subject, string[]>();
  subjects.forEach((subject, index) => {
    slugs.set(subject, [...(slugs.get(subject) ?? []), slugAt(index)]);
  });
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(seed + index);
    const subject = random.pick(subjects);
    return { ...ask(index, subject, random), relevant: slugs.get(subject) ?? [] };
  });
}

function ask(index: number, subject: Subject, random: Random): Pick<RealisticQuestion, 'kind' | 'text'> {
  const { component, failure } = subject;
  const fill = (template: string) => fillSlots(template, component.name, random);
  switch (index % 3) {
    case 0:
      return {
        kind: 'alert',
        text: `${alertName(subject, random)}: ${fill(random.pick(failure.summaries))}`,
      };
    case 1:
      return { kind: 'description', text: fill(random.pick(failure.descriptions)) };
    default:
      return { kind: 'chat', text: chat(subject, random) };
  }
}

const chatter = [
  '{}',
  '{}',
  '{}?',
  'hey, {}',
  '{}, anyone seen this before?',
  '{} since {n} min',
  'help: {}',
] as const;

/** People write `checkout api` as often as `checkout-api`. */
function chat({ component, failure }: Subject, random: Random): string {
  const name = random.chance(0.5) ? component.name : component.name.replaceAll('-', ' ');
  return fillSlots(random.pick(chatter).replace('{}', random.pick(failure.chats)), name, random);
}
