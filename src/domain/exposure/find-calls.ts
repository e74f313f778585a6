import type { CommandTree, Group, SimpleCommand, Statement, Word } from '../risk/command-tree.ts';
import { commandsIn, literalOf } from '../risk/word.ts';

/** One command anywhere in a text: in a loop, a substitution, a function or the text that it hands to another shell. */
export interface FoundCall {
  readonly command: SimpleCommand;
  /** What stands before it in its pipeline writes what it reads. */
  readonly fedBy: readonly Statement[];
  /** Something gives it a standard input of its own: a pipeline, a file, a here-document. */
  readonly isFed: boolean;
}

/** All commands of a text, and the loops, whose variables take the words that they go through. */
export interface FoundCalls {
  readonly calls: readonly FoundCall[];
  readonly loops: readonly { readonly variable: string; readonly words: readonly Word[] }[];
  /** A text that is handed to another shell and cannot be read. */
  readonly isUnclear: boolean;
}

interface Search {
  readonly parse: (text: string) => CommandTree;
  readonly calls: FoundCall[];
  readonly loops: { readonly variable: string; readonly words: readonly Word[] }[];
  isUnclear: boolean;
}

interface Place {
  readonly fedBy: readonly Statement[];
  readonly isFed: boolean;
  readonly depth: number;
}

/** A shell within a shell within … is nothing that somebody wrote. */
const deepest = 8;

export function findCalls(
  statements: readonly Statement[],
  parse: (text: string) => CommandTree,
): FoundCalls {
  const search: Search = { parse, calls: [], loops: [], isUnclear: false };
  visitAll(search, statements, { fedBy: [], isFed: false, depth: 0 });
  return search;
}

function visitAll(search: Search, statements: readonly Statement[], place: Place): void {
  for (const statement of statements) visit(search, statement, place);
}

function visit(search: Search, statement: Statement, place: Place): void {
  switch (statement.kind) {
    case 'command':
      visitCommand(search, statement, place);
      break;
    case 'pipeline':
      for (const [index, stage] of statement.stages.entries())
        visit(search, stage, index === 0 ? place : fed(place, statement.stages.slice(0, index)));
      break;
    case 'group':
      visitGroup(search, statement, place);
      break;
    case 'function':
      visit(search, statement.body, place);
      break;
    default:
      statement satisfies never;
  }
}

const fed = (place: Place, fedBy: readonly Statement[]): Place => ({ ...place, fedBy, isFed: true });

function visitGroup(search: Search, group: Group, place: Place): void {
  if (group.variable !== null) search.loops.push({ variable: group.variable, words: group.words });
  visitWords(search, group.words, place);
  visitAll(search, group.body, hasInput(group) ? { ...place, isFed: true } : place);
}

function visitCommand(search: Search, command: SimpleCommand, place: Place): void {
  search.calls.push({ command, fedBy: place.fedBy, isFed: place.isFed || hasInput(command) });
  const values = command.assignments.flatMap(({ value, words }) => (value ? [value, ...words] : words));
  const texts = command.redirections.map((one) => (one.kind === 'text' ? one.body : one.target));
  visitWords(search, [...values, ...command.words, ...texts], place);
  visitScripts(search, command, place);
}

function visitWords(search: Search, words: readonly Word[], place: Place): void {
  for (const word of words) visitAll(search, commandsIn(word), place);
}

/** `0<file`, `<<END`; the descriptors above 2 are not its standard input. */
const hasInput = ({ redirections }: Pick<SimpleCommand, 'redirections'>): boolean =>
  redirections.some(
    (one) =>
      one.kind === 'text' || (['<', '<>', '<&'].includes(one.operator) && (one.descriptor ?? '0') === '0'),
  );

const shells = /^(?:.*\/)?(?:sh|bash|dash|ash|zsh|ksh|busybox|su|eval)$/;

/** The words of a call that another shell on the same host reads as text; none when it runs no shell. */
export function wordsForShell({ words, redirections }: SimpleCommand): readonly Word[] {
  const at = words.findIndex((word) => shells.test(literalOf(word) ?? ''));
  const texts = redirections.flatMap((one) => (one.kind === 'text' ? [one.body] : []));
  return at === -1 ? [] : [...words.slice(at + 1), ...texts];
}

/** It expands there what stood in single quotes here. */
function visitScripts(search: Search, command: SimpleCommand, place: Place): void {
  for (const text of wordsForShell(command).map(literalOf)) {
    if (text === null || !text.includes('$')) continue;
    const tree = place.depth < deepest ? search.parse(text) : null;
    if (tree?.kind === 'script') visitAll(search, tree.statements, { ...place, depth: place.depth + 1 });
    else search.isUnclear = true;
  }
}
