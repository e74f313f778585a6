import type { Runbook, RunbookStep } from '../runbook/runbook.ts';
import type { Case, Solution } from '../solution.ts';

/**
 * How two solutions for one symptom stand to each other. `repeat`: one procedure written twice. `different`: each has
 * a cause of its own. `same`: neither can be told; so are a case and a runbook, which complete each other.
 */
export type CauseRelation = 'repeat' | 'different' | 'same';

/** Root causes that share more of their words than this are one cause in two wordings. */
const sameCause = 0.5;

/** A runbook with fewer phrases than this says with its commands what it does. */
const leastProse = 20;

/** `repeat` is the share of text or commands in common from which two solutions are one procedure, 0…1. */
export function compareCauses(
  { content: one }: Pick<Solution, 'content'>,
  { content: other }: Pick<Solution, 'content'>,
  repeat: number,
): CauseRelation {
  if (one.kind === 'case' && other.kind === 'case') return compareCases(one.case, other.case, repeat);
  if (one.kind === 'runbook' && other.kind === 'runbook')
    return compareRunbooks(one.runbook, other.runbook, repeat);
  return 'same';
}

function compareCases(one: Case, other: Case, repeat: number): CauseRelation {
  if (overlap(phrasesOf(textOfCase(one)), phrasesOf(textOfCase(other))) >= repeat) return 'repeat';
  const causes = [wordsOf(one.rootCause), wordsOf(other.rootCause)] as const;
  const known = causes.every((words) => words.length > 0);
  return known && overlap(...causes) <= sameCause ? 'different' : 'same';
}

function compareRunbooks(one: Runbook, other: Runbook, repeat: number): CauseRelation {
  const texts = [phrasesOf(textOfRunbook(one)), phrasesOf(textOfRunbook(other))] as const;
  const isTold = texts.every(({ length }) => length >= leastProse);
  if ((isTold && overlap(...texts) >= repeat) || overlap(commandsOf(one), commandsOf(other)) >= repeat)
    return 'repeat';
  return firstLook(one) === firstLook(other) ? 'same' : 'different';
}

/** Steps that look before anything is changed. */
export function diagnosticsOf({ steps }: Runbook): readonly RunbookStep[] {
  return steps.filter(({ kind }) => kind === 'diagnostic');
}

const firstLook = (runbook: Runbook): string | undefined => diagnosticsOf(runbook).map(normalCommand)[0];

/** Commands of a procedure that mends something: many causes are looked for in the same places. */
function commandsOf({ steps }: Runbook): readonly string[] {
  return steps.some(({ kind }) => kind === 'remediation') ? steps.map(normalCommand) : [];
}

const normalCommand = ({ command }: RunbookStep): string => command.trim().replace(/\s+/gu, ' ');

const textOfCase = ({ symptoms, rootCause, resolution, validation }: Case): string =>
  [symptoms, rootCause, resolution, validation].join(' ');

const textOfRunbook = ({ bodyText, otherText }: Runbook): string => `${bodyText} ${otherText}`;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** Three words in a row each: a template that is filled in for another program has other ones wherever it is named. */
function phrasesOf(text: string): readonly string[] {
  const words = wordsOf(text);
  return words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`);
}

/** The share of different elements that both have, 0…1; 0 when either has none. */
function overlap(one: readonly string[], other: readonly string[]): number {
  const [mine, theirs] = [new Set(one), new Set(other)];
  if (mine.size === 0 || theirs.size === 0) return 0;
  return mine.intersection(theirs).size / mine.union(theirs).size;
}
