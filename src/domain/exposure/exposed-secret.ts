import type { CommandTree, SimpleCommand, Statement, Word } from '../risk/command-tree.ts';
import { leadOf, literalOf, restOf } from '../risk/word.ts';
import type { Given } from '../runbook/given.ts';
import { shellContexts } from '../runbook/shell-contexts.ts';
import { ownValue } from '../text/own-value.ts';
import { type FoundCall, type FoundCalls, findCalls, wordsForShell } from './find-calls.ts';

/** The program that would get a secret as an argument. */
export interface ExposedSecret {
  readonly program: string;
}

/**
 * The first program of a command to which its shell would hand a secret of the step as an argument, where every process
 * list of the host shows it; undefined when there is none. What the shell itself does with it (`printf`, an assignment, a
 * here-document) shows it to nobody. A text that cannot be read counts as exposing what it names. Not seen: what a program
 * does with its own environment, arrays, and `set` in functions.
 */
export function exposedSecret(
  command: string,
  given: Given,
  parse: (text: string) => CommandTree,
): ExposedSecret | undefined {
  const names = given.environment.flatMap((one) => ('secret' in one ? [one.name] : []));
  if (names.length === 0 && given.input === null) return undefined;
  const tree = parse(command);
  const unclear = { program: 'a command that cannot be read' };
  if (tree.kind === 'unparsable') return names.some((name) => command.includes(name)) ? unclear : undefined;
  const found = findCalls(tree.statements, parse);
  const holders = findHolders(names, given, found);
  if (found.isUnclear && holders.variables.size > 0) return unclear;
  const call = found.calls.find((one) => exposes(one, holders));
  return call && { program: programOf(call.command) };
}

/** What holds a secret: variables, and what the command reads. */
interface Holders {
  readonly variables: ReadonlySet<string>;
  readonly input: Given['input'];
}

/** Goes on until nothing more takes a secret over: `p=$TOKEN`, `for p in $TOKEN`, `read -r p <&3`, `set -- "$TOKEN"`. */
function findHolders(names: readonly string[], { input }: Given, { calls, loops }: FoundCalls): Holders {
  const variables = new Set(names);
  const holders = { variables, input };
  const takers = () => [
    ...loops.filter(({ words }) => reveal(words, holders)).map(({ variable }) => variable),
    ...calls.flatMap((call) => takersOf(call, holders)),
  ];
  let before = -1;
  while (before !== variables.size) {
    before = variables.size;
    for (const name of takers()) variables.add(name);
  }
  return holders;
}

const declaring = ['export', 'readonly', 'local', 'declare', 'typeset'];
const positional = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '@', '*'];

/** The variables that take a secret over in a call. */
function takersOf(call: FoundCall, holders: Holders): readonly string[] {
  const { assignments } = call.command;
  const words = ownWords(call.command);
  const program = programOf(call.command);
  const assigned = assignments
    .filter(({ value, words }) => reveal(value ? [value, ...words] : words, holders))
    .map(({ name }) => name);
  if (declaring.includes(program))
    return [...assigned, ...words.flatMap((word) => declaredName(word, holders) ?? [])];
  if (program === 'read' && (readsSecret(call, holders) || isFedSecret(call, holders)))
    return words.slice(1).flatMap((word) => /^\w+$/.exec(literalOf(word) ?? '')?.[0] ?? []);
  return program === 'set' && reveal(words, holders) ? positional : assigned;
}

function declaredName(word: Word, holders: Holders): string | undefined {
  const name = /^(\w+)=/.exec(leadOf(word))?.[1];
  return name !== undefined && reveal([restOf(word, name.length + 1)], holders) ? name : undefined;
}

/** Commands of the shell itself, which begin no program. */
const inShell = new Set(
  `: . [ alias break cd continue declare echo eval exit export false getopts hash let local printf pwd read readonly return
   set shift source test times trap true type typeset ulimit umask unset wait`.split(/\s+/),
);

function exposes(call: FoundCall, holders: Holders): boolean {
  const words = ownWords(call.command);
  const isProgram = !inShell.has(programOf(call.command));
  if (reveal([...(isProgram ? words : []), ...wordsForShell(call.command)], holders)) return true;
  // It makes arguments of what it reads.
  const isSpreading = words.some((word) => /^(?:.*\/)?(?:xargs|parallel)$/.test(literalOf(word) ?? ''));
  return isSpreading && (readsSecret(call, holders) || isFedSecret(call, holders));
}

/** `command` and `builtin` are no programs. */
function ownWords({ words }: SimpleCommand): readonly Word[] {
  const first = words.findIndex((word) => !['command', 'builtin'].includes(literalOf(word) ?? ''));
  return first === -1 ? [] : words.slice(first);
}

function programOf(command: SimpleCommand): string {
  const [first] = ownWords(command);
  return first === undefined ? '' : (literalOf(first) ?? first.source);
}

const reveal = (words: readonly Word[], holders: Holders): boolean =>
  words.some((word) => reveals(word, holders));

function reveals(word: Word, holders: Holders): boolean {
  return word.parts.some((part) => {
    if (part.kind === 'variable') return holders.variables.has(part.name);
    if (part.kind !== 'computed') return false;
    return names(word.source, holders) || part.body.some((statement) => writesSecret(statement, holders));
  });
}

/** `${TOKEN:-x}`, `$(printf %s "$TOKEN")`: named where the shell expands it. Its length, and that it is set, tell nothing. */
function names(source: string, { variables }: Holders): boolean {
  const contexts = shellContexts(source);
  return [...source.matchAll(/\$(?:\{!?(\w+)(?!\w|:?\+)|(\w+))/g)].some(({ 1: braced, 2: bare, index }) => {
    const isText = contexts[index] === 'single' || contexts[index] === 'escaped';
    return !isText && variables.has(braced ?? bare ?? '');
  });
}

/** A substitution in which something passes on what the step is given to read. */
function writesSecret(statement: Statement, holders: Holders): boolean {
  const { calls } = findCalls([statement], () => ({ kind: 'unparsable', why: 'read before' }));
  return calls.some((call) => programOf(call.command) !== 'read' && readsSecret(call, holders));
}

/** Programs that read their standard input unless they are given more words than these, which then are files. */
const passingOn: Readonly<Record<string, number>> = {
  ...{ cat: 0, head: 0, tail: 0, base64: 0, sort: 0, cut: 1, sed: 1, awk: 1, jq: 1, grep: 1 },
  ...{ tr: Infinity, tee: Infinity, xargs: Infinity, parallel: Infinity, read: Infinity },
};

function passesOnInput(command: SimpleCommand): boolean {
  const most = ownValue(passingOn, programOf(command).replace(/^.*\//, ''));
  const words = ownWords(command)
    .slice(1)
    .map((word) => literalOf(word) ?? word.source);
  return most !== undefined && words.filter((word) => !/^(?:-.*|\d+)$/.test(word)).length <= most;
}

/** Whether a call reads the descriptor on which the step is given its secret. */
function readsSecret({ command, isFed }: FoundCall, { input }: Holders): boolean {
  if (input === null) return false;
  const { descriptor } = input;
  const path = new RegExp(`^/(?:dev/fd|proc/self/fd)/${descriptor}$`);
  const opened = command.redirections.some(
    (one) =>
      one.kind === 'file' &&
      (one.operator === '<&'
        ? literalOf(one.target) === `${descriptor}`
        : one.operator === '<' && path.test(literalOf(one.target) ?? '')),
  );
  if (opened || command.words.slice(1).some((word) => path.test(literalOf(word) ?? ''))) return true;
  if (descriptor !== 0) return false;
  if (command.words.slice(1).some((word) => literalOf(word) === '/dev/stdin')) return true;
  return !isFed && passesOnInput(command);
}

/** Whether what feeds a call through its pipeline writes a secret: `printf %s "$TOKEN" | …`. */
function isFedSecret({ fedBy, command }: FoundCall, holders: Holders): boolean {
  const texts = command.redirections.flatMap((one) => (one.kind === 'text' ? [one.body] : []));
  const { calls } = findCalls(fedBy, () => ({ kind: 'unparsable', why: 'read before' }));
  return (
    reveal(texts, holders) ||
    calls.some((call) => reveal(call.command.words, holders) || readsSecret(call, holders))
  );
}
