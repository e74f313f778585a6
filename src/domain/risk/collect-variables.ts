import type { Assignment, Group, SimpleCommand, Statement, Word } from './command-tree.ts';
import { literalOf } from './word.ts';

/**
 * Values that the text itself gives to variables: fixed text when there is exactly one assignment of fixed
 * text, otherwise null (known only at run time). Order and control flow do not matter, so a variable that is
 * assigned twice is never trusted.
 */
export type Variables = ReadonlyMap<string, string | null>;

/** All variables that the statements assign, on top of those of an outer text. */
export function collectVariables(statements: readonly Statement[], outer: Variables): Variables {
  const found = new Map<string, string | null>(outer);
  const seen = new Set<string>();
  const add = (name: string, value: string | null) => {
    found.set(name, seen.has(name) ? null : value);
    seen.add(name);
  };
  for (const statement of statements) visit(statement, add);
  return found;
}

type Add = (name: string, value: string | null) => void;

function visit(statement: Statement, add: Add): void {
  switch (statement.kind) {
    case 'command':
      visitCommand(statement, add);
      break;
    case 'pipeline':
      for (const stage of statement.stages) visit(stage, add);
      break;
    case 'group':
      visitGroup(statement, add);
      break;
    case 'function':
      visit(statement.body, add);
      break;
    default:
      statement satisfies never;
  }
}

function visitCommand(command: SimpleCommand, add: Add): void {
  for (const assignment of command.assignments) addAssignment(assignment, add);
  for (const word of command.words) visitWord(word, add);
  addWordsThatAreAssigned(command.words, add);
}

function visitGroup(group: Group, add: Add): void {
  if (group.variable !== null) add(group.variable, null);
  for (const inner of group.body) visit(inner, add);
  for (const word of group.words) visitWord(word, add);
}

function addAssignment(assignment: Assignment, add: Add): void {
  add(assignment.name, assignment.value ? literalOf(assignment.value) : null);
  if (assignment.value) visitWord(assignment.value, add);
  for (const word of assignment.words) visitWord(word, add);
}

/** `read x`, `printf -v x`, `unset x`: any plain name among their words may get a value. */
function addWordsThatAreAssigned(words: readonly Word[], add: Add): void {
  const [program, ...rest] = words.map(literalOf);
  if (!program || !['read', 'mapfile', 'readarray', 'printf', 'unset', 'getopts'].includes(program)) return;
  for (const name of rest) if (name !== null && /^\w+$/.test(name)) add(name, null);
}

function visitWord(word: Word, add: Add): void {
  for (const part of word.parts) {
    if (part.kind === 'computed') for (const statement of part.body) visit(statement, add);
  }
}
