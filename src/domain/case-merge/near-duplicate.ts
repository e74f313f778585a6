import { matchContext } from '../ranking/context-match.ts';
import { caseCommands } from '../runbook-from-case/case-commands.ts';
import type { Case } from '../solution.ts';
import { splitWords } from '../text/split-words.ts';

/** The words that both fixes have in common. */
export interface SharedFix {
  readonly words: readonly string[];
  /** The share of the shorter fix that they are, 0…1. */
  readonly share: number;
}

/** One word in common is a verb or a product: "restarted" is said of everything. */
const leastWords = 2;
const leastShare = 0.5;

/** What two cases are compared by. */
export interface Likeness {
  /** How well the search finds the one by the symptoms of the other, 0…1. */
  readonly similarity: number;
  /** What that has to be. */
  readonly threshold: number;
  /** Whether a command changes something: many troubles are looked for in the same places. */
  readonly changes: (command: string) => boolean;
}

/** Whether two cases tell the same fix of the same trouble in the same kind of place; undefined when not. */
export function nearDuplicate(
  one: Case,
  other: Case,
  { similarity, threshold, changes }: Likeness,
): SharedFix | undefined {
  if (similarity < threshold) return undefined;
  return sharedFix([one, fixWords(one, changes)], [other, fixWords(other, changes)]);
}

/** What was done in a case: its words, by what they are without endings. */
export type FixWords = ReadonlyMap<string, string>;

/** What two cases with their words have in common where they tell the same fix for the same kind of place; undefined where not. */
export function sharedFix(
  [one, mine]: readonly [Case, FixWords],
  [other, theirs]: readonly [Case, FixWords],
): SharedFix | undefined {
  if (matchContext(one.appliesTo, other.appliesTo).differing.length > 0) return undefined;
  const words = [...mine].flatMap(([key, word]) => (theirs.has(key) ? [word] : []));
  const share = words.length / Math.max(1, Math.min(mine.size, theirs.size));
  return words.length >= leastWords && share >= leastShare ? { words, share } : undefined;
}

/** The words of a fix, and of the commands of it that changed something; hosts, numbers and what says nothing are left out. */
export function fixWords({ resolution, steps = '' }: Case, changes: Likeness['changes']): FixWords {
  const commands = caseCommands(steps).flatMap(({ command, state }) =>
    (state ?? 'succeeded') === 'succeeded' && changes(command) ? [command] : [],
  );
  const words = splitWords([resolution, ...commands].join('\n'));
  const parts = words.flatMap(({ kind, parts: all }) => (kind === 'plain' ? all : []));
  const telling = parts.filter((part) => part.length > 2 && !empty.has(part));
  return new Map(telling.map((part) => [stem(part), part]));
}

/** `restarted`, `restarting` and `restarts` are one word. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/u, '') : word);

const empty: ReadonlySet<string> = new Set(
  (
    'the and was were has had have been that this then than with from for into onto again back all not but its our their they them ' +
    'after before until once now still also just which while when where there did done got get make made set use used sudo'
  ).split(' '),
);
