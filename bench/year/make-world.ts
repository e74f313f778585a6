import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';
import { fillSlots } from '../realistic/fill-slots.ts';
import { createRandom, type Random } from '../realistic/random.ts';
import { components, failuresOf } from '../realistic/vocabulary.ts';

/** One of the solutions that a team has for a symptom, with what nobody in it knows: how often it really works. */
export interface Rival {
  readonly slug: string;
  readonly version: NewVersion;
  /** 0…1, before and after the middle of the year. */
  readonly rates: readonly [number, number];
}

/** Something that goes wrong again and again, in a few wordings. */
export interface Symptom {
  readonly wordings: readonly string[];
  readonly rivals: readonly Rival[];
}

/** One incident of the year. `at` is in days since its beginning. */
export interface Happening {
  readonly at: number;
  readonly symptom: Symptom;
  readonly wording: string;
}

export interface World {
  readonly symptoms: readonly Symptom[];
  readonly happenings: readonly Happening[];
}

export interface WorldSize {
  readonly symptoms: number;
  readonly incidents: number;
}

export const yearDays = 365;

/** The rate in force on this day. */
export const trueRate = ({ rates }: Rival, day: number): number => rates[day < yearDays / 2 ? 0 : 1];

const changingShare = 0.25;
const drawRate = (random: Random): number => 0.1 + 0.85 * random.next();

/** A year as issue 7 tells it; the same seed makes the same one. Symptoms come by Zipf's law. */
export function makeWorld(seed: number, size: WorldSize): World {
  const random = createRandom(seed);
  const offset = random.between(0, components.length - 1);
  const symptoms = Array.from({ length: size.symptoms }, (_, place) =>
    makeSymptom(random, (offset + place * 7) % components.length, place),
  );
  const happenings = Array.from({ length: size.incidents }, (): Happening => {
    const symptom = pickZipf(random, symptoms);
    return { at: random.next() * yearDays, symptom, wording: random.pick(symptom.wordings) };
  });
  return { symptoms, happenings: happenings.toSorted((one, other) => one.at - other.at) };
}

/** The second about half as often as the first, the third a third as often. */
function pickZipf<T>(random: Random, from: readonly T[]): T {
  const total = from.reduce((sum, _, place) => sum + 1 / (place + 1), 0);
  let left = random.next() * total;
  const found = from.find((_, place) => {
    left -= 1 / (place + 1);
    return left < 0;
  });
  return found ?? (from[0] as T);
}

function makeSymptom(random: Random, component: number, place: number): Symptom {
  const subject = components[component] as (typeof components)[number];
  const failure = random.pick(failuresOf(subject));
  const fill = (template: string): string => fillSlots(template, subject.name, random);
  const title = fill(failure.titles[0] ?? '{c} fails');
  const wordings = [`${title} on ${subject.name}`, `${subject.name}: ${title}`, `again ${title}`];
  const rivals = Array.from({ length: random.between(2, 6) }, (_, number): Rival => {
    const before = drawRate(random);
    const after = random.chance(changingShare) ? drawRate(random) : before;
    const slug = `symptom-${place}-way-${number}`;
    const fix = fill(random.pick(failure.fixes)[0]);
    return { slug, version: writeVersion(slug, title, `${fix} ${wayOf(number)}`), rates: [before, after] };
  });
  return { wordings, rivals };
}

const ways = [
  'Restart the process and let it drain first.',
  'Roll back to the release of last week.',
  'Raise the limit and reload without a restart.',
  'Fail over to the standby and rebuild this one.',
  'Clear what is stuck by hand, oldest first.',
  'Turn the feature off by its flag and wait.',
] as const;

const wayOf = (number: number): string => ways[number % ways.length] as string;

function writeVersion(slug: string, title: string, fix: string): NewVersion {
  const runbook: Runbook = {
    title,
    lead: fix,
    notes: '',
    otherText: '',
    bodyText: fix,
    appliesTo: {},
    tags: [],
    owner: '@sre',
    alerts: [],
    parameters: [{ name: 'host', type: 'host', description: '' }],
    steps: [stepOf('remediation', `mend --as ${slug}`), stepOf('validation', `verify --of ${slug}`)],
  };
  const content = { kind: 'runbook', runbook } as const;
  return { slug, content, text: `${slug}: ${fix}`, origin: slug, author: 'bench', source: 'import' };
}

const stepOf = (kind: RunbookStep['kind'], command: string): RunbookStep => ({
  id: kind,
  kind,
  title: kind,
  notes: '',
  command,
  timeoutMs: 30_000,
  exitCodes: [0],
  hostParameter: 'host',
});
