import type { Runbook, RunbookStep, StepKind } from '#domain/runbook/runbook.ts';
import type { Case, SolutionContent } from '#domain/solution.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';
import { camelCase, fillSlots } from './realistic/fill-slots.ts';
import { createRandom, type Random } from './realistic/random.ts';
import type { Subject } from './realistic/subjects.ts';
import { fillers, names } from './realistic/vocabulary.ts';

/** What a writer has at hand: the subject, its own stream of numbers, and how templates are filled. */
interface Writer {
  readonly subject: Subject;
  readonly random: Random;
  readonly fill: (template: string) => string;
}

const caseShare = 0.15;
/** Before what every page has; so that the median comes to about 120. */
const medianWords = 90;
const spread = 1;
const longest = 1_500;

/** The slug of the solution at this place. */
export const slugAt = (index: number): string => `solution-${index}`;

/**
 * The solution at this place, about this subject; always the same, and no two alike. Its content is what the parser
 * would make of its text.
 */
export function solutionAt(index: number, subject: Subject): NewVersion {
  const random = createRandom(index);
  const fill = (template: string) => fillSlots(template, subject.component.name, random);
  const writer: Writer = { subject, random, fill };
  const content: SolutionContent = random.chance(caseShare)
    ? { kind: 'case', case: writeCase(writer, index) }
    : { kind: 'runbook', runbook: writeRunbook(writer, index) };
  const slug = slugAt(index);
  const text = textOf(content);
  return { slug, content, text, origin: `runbooks/${slug}.md`, author: 'bench', source: 'import' };
}

function writeRunbook(writer: Writer, index: number): Runbook {
  const { subject, random, fill } = writer;
  const { component, failure } = subject;
  const steps = [
    ...writeSteps(writer, 'diagnostic', failure.checks),
    ...writeSteps(writer, 'remediation', failure.fixes),
    ...writeSteps(writer, 'validation', [['{c} answers again.', `systemctl is-active ${component.name}`]]),
  ];
  const lead = writeLead(writer);
  const told = [lead, ...steps.map(({ title }) => title)].join('\n\n');
  const commands = steps.map(({ command }) => command).join(' ');
  const notes = `First written for OPS-${index}.\n\n${writeNotes(writer, countWords(`${told} ${commands}`))}`;
  return {
    title: writeTitle(writer),
    lead,
    notes,
    otherText: '',
    bodyText: `${told}\n\n${notes}`,
    appliesTo: {
      os: 'linux',
      application: component.name,
      environment: [random.pickFrequent(names.environments)],
    },
    tags: random.chance(0.6) ? [component.class, ...failure.kind.split('-')] : [component.class],
    owner: fill('@{owner}'),
    alerts: random.chance(0.35) ? [alertName(subject, random)] : [],
    parameters: [{ name: 'host', type: 'host', description: '' }],
    steps,
  };
}

function writeCase(writer: Writer, index: number): Case {
  const { subject, random, fill } = writer;
  const { component, failure } = subject;
  const rootCause = fill(random.pick(failure.causes));
  const symptoms = writeLead(writer);
  const resolution = failure.fixes
    .map(([sentence, command]) => fill(`${sentence} \`${command}\``))
    .join('\n');
  const told = countWords([symptoms, rootCause, resolution].join(' '));
  return {
    title: fill(`${writeTitle(writer)} on {host}`),
    symptoms,
    rootCause: `${rootCause} See OPS-${index}.`,
    resolution: `${resolution}\n\n${writeNotes(writer, told)}`,
    validation: fill('{metric} went back to {n} and no customer complained.'),
    tags: [component.class],
    owner: fill('@{owner}'),
    appliesTo: { application: component.name },
  };
}

/** The name of an alert about this subject; half of the rules are shared by all components. */
export function alertName({ component, failure }: Subject, random: Random): string {
  const name = random.pick(failure.alerts);
  return random.chance(0.5) ? name : `${camelCase(component.name)}${name}`;
}

const places = ['', '', ' in {region}', ' ({env})', ' in {site}', ' after a change of {dep}'] as const;

const writeTitle = ({ subject, random, fill }: Writer): string =>
  fill(`${random.pick(subject.failure.titles)}${random.pick(places)}`);

/** A symptom or two, and mostly what was behind it. */
function writeLead({ subject, random, fill }: Writer): string {
  const { symptoms, causes } = subject.failure;
  const first = random.pick(symptoms);
  const second = random.pick(symptoms);
  const cause = random.chance(0.7) ? [random.pick(causes)] : [];
  return [...new Set([first, second, ...cause])].map(fill).join(' ');
}

function writeSteps(
  { random, fill }: Writer,
  kind: StepKind,
  from: Subject['failure']['checks'],
): readonly RunbookStep[] {
  const first = random.between(0, from.length - 1);
  return from.slice(first).map(([sentence, command], index) => ({
    id: `${kind}-${index + 1}`,
    kind,
    title: fill(sentence),
    notes: '',
    command: fill(command),
    timeoutMs: 30_000,
    exitCodes: [0],
    hostParameter: 'host',
  }));
}

/** Goes on until the page is as long as this team's pages are: few are short, few very long. */
function writeNotes({ random, fill }: Writer, told: number): string {
  const goal = Math.min(longest, medianWords * random.logNormal(spread));
  const sentences: string[] = [];
  for (let words = told; words < goal; words += countWords(sentences.at(-1) ?? '')) {
    sentences.push(fill(random.chance(0.3) ? random.pickFrequent(fillers) : random.pick(fillers)));
  }
  return sentences.join(' ');
}

const countWords = (text: string): number => text.split(/\s+/).length;

function textOf(content: SolutionContent): string {
  if (content.kind === 'case') {
    const { title, symptoms, rootCause, resolution, validation } = content.case;
    return [`# ${title}`, symptoms, rootCause, resolution, validation].join('\n\n');
  }
  const { title, lead, notes, steps } = content.runbook;
  const fences = steps.map(({ title: sentence, command }) => `${sentence}\n\`\`\`sh\n${command}\n\`\`\``);
  return [`# ${title}`, lead, ...fences, notes].join('\n\n');
}
