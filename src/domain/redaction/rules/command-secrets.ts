import { anchor } from '../anchors/anchor.ts';
import { matchesIn, type NextMatch } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { programs, type ReadyFlags, type ReadyPosition } from './program-rules.ts';
import { secretAt } from './secret-part.ts';
import { readCommand, type ShellWord } from './shell-words.ts';

const programWord = anchor(
  new RegExp(
    `(?<![\\w-])(?:${[...programs.keys()]
      .toSorted((a, b) => b.length - a.length)
      .join('|')
      .replaceAll('.', '\\.')})(?=(?:\\.exe)?[\\s"',])`,
    'gi',
  ),
);
/** For commands inside of quotes, which are too short to be scanned. */
const anyProgram = new RegExp(programWord.pattern.source, 'gi');

/** Commands inside of quotes inside of quotes: deeper than this nobody writes. */
const deepest = 3;

/** Secrets in the flags and arguments of programs that take them there, wherever a command stands in a text. */
export function findCommandSecrets(text: string, scan: Scan): readonly Span[] {
  return secretsBehind(text, matchesIn(text, scan, programWord), 0);
}

function secretsBehind(text: string, next: NextMatch, depth: number): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const { words, end } = readCommand(text, match.index);
    for (const span of secretsIn(text, words)) spans.push(span);
    for (const span of nested(words, depth)) spans.push(span);
    from = end;
  }
  return spans;
}

/** `bash -c "mysql -p…"`: an argument that is a command itself. */
function nested(words: readonly ShellWord[], depth: number): readonly Span[] {
  if (depth >= deepest) return [];
  const spans: Span[] = [];
  for (const { start, text } of words) {
    if (!isQuote(text[0]) || !isQuote(text.at(-1)) || !/[ \t\n]/.test(text)) continue;
    const command = text.slice(1, -1);
    const inner = secretsBehind(command, programsIn(command), depth + 1);
    for (const span of inner) spans.push({ start: span.start + start + 1, end: span.end + start + 1 });
  }
  return spans;
}

const isQuote = (sign: string | undefined): boolean => sign === '"' || sign === "'";

function programsIn(command: string): NextMatch {
  let free = 0;
  return (from = 0) => {
    anyProgram.lastIndex = Math.max(free, from);
    const match = anyProgram.exec(command);
    free = anyProgram.lastIndex;
    return match;
  };
}

/** Where the reading of a command stands: the rules of the program at hand, and how far each position rule has come. */
interface Reading {
  flags: readonly ReadyFlags[];
  positions: readonly Position[];
  readonly words: readonly ShellWord[];
  /** Which words the command is known to have, or not, once somebody asked: each flag would search them all again. */
  known: Map<string, boolean> | undefined;
}

interface Position {
  readonly rule: ReadyPosition;
  at: number;
  isOpen: boolean;
}

function secretsIn(text: string, words: readonly ShellWord[]): readonly Span[] {
  const spans: Span[] = [];
  const reading: Reading = { flags: [], positions: [], words, known: undefined };
  let before: ShellWord | undefined;
  for (const [index, word] of words.entries()) {
    const span = secretOfWord(text, reading, index, word, before);
    if (span) spans.push(span);
    before = word;
  }
  return spans;
}

function secretOfWord(
  text: string,
  reading: Reading,
  index: number,
  word: ShellWord,
  before: ShellWord | undefined,
): Span | null {
  if (!namesAccount(before) && takesProgram(reading, word)) return null;
  const flag = bareFlag(word);
  return isFlag(flag.text)
    ? flagSecret(text, reading, flag, reading.words[index + 1])
    : positionSecret(text, reading, word, before);
}

const isFlag = (text: string): boolean =>
  text.startsWith('-') || (text.startsWith('/') && /^\/[A-Za-z]{1,12}(?::|$)/.test(text));

/** The word without the quote it begins with, in lists (`["mysql", "-p…"]`) and in logs of the audit system (`a1="-p…"`). */
function bareFlag(word: ShellWord): ShellWord {
  const first = word.text[0];
  if (!isQuote(first) && first !== 'a') return word;
  const opening = /^(?:a\d{1,3}=)?["'](?=-)/.exec(word.text)?.[0] ?? '';
  return opening === ''
    ? word
    : { ...word, start: word.start + opening.length, text: word.text.slice(opening.length) };
}

const accountFlags = new Set('-u -U -h -D -n --user --username --host --namespace'.split(' '));

/** `docker login -u aws`: what follows is no program, whatever it is called. */
function namesAccount(before: ShellWord | undefined): boolean {
  return before?.text.startsWith('-') === true && accountFlags.has(before.text);
}

function takesProgram(reading: Reading, { text }: ShellWord): boolean {
  if (text.startsWith('-')) return false;
  const rules = programs.get(text) ?? (mayName.test(text) ? programs.get(programName(text)) : undefined);
  if (!rules) return false;
  reading.flags = rules.flags;
  reading.positions = rules.positions.map((rule) => ({ rule, at: 1, isOpen: !rule.needs }));
  return true;
}

/** Other words name a program as they are, or none. */
const mayName = /["',/\\]|\.exe$/i;

/** The program that a word names: the last part of a path into a folder of programs, without quotes and `.exe`. */
function programName(word: string): string {
  if (word.length > 80) return '';
  if (/^[\w.-]+$/.test(word)) return withoutExe(word);
  if (/[/\\]/.test(word) && !/bin[/\\]|^\.\//.test(word)) return '';
  const bare = withoutClosing(isQuote(word[0]) ? word.slice(1) : word);
  return withoutExe(bare.slice(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('\\')) + 1));
}

function withoutExe(name: string): string {
  return /\.exe$/i.test(name) ? name.slice(0, -4).toLowerCase() : name;
}

function flagSecret(
  text: string,
  reading: Reading,
  word: ShellWord,
  next: ShellWord | undefined,
): Span | null {
  for (const state of reading.positions) if (state.rule.needs?.test(word.text)) state.isOpen = true;
  const bare = withoutClosing(word.text);
  for (const rule of reading.flags) {
    const at = valueOfFlag(rule, word, bare, next);
    const span = at >= 0 && isMeant(rule, reading) ? secretAt(text, at, rule.part ?? 'all') : null;
    if (span) return span;
  }
  return null;
}

function isMeant({ after }: ReadyFlags, reading: Reading): boolean {
  if (after === undefined) return true;
  reading.known ??= new Map();
  const answer = reading.known.get(after) ?? reading.words.some(({ text }) => text === after);
  reading.known.set(after, answer);
  return answer;
}

/** Where the value of one of the rule's flags begins, or -1. */
function valueOfFlag(rule: ReadyFlags, word: ShellWord, bare: string, next: ShellWord | undefined): number {
  if (rule.flags.includes(bare) || isBundle(rule, bare))
    return rule.takes !== 'attached' && next ? nextValue(next) : -1;
  for (const flag of rule.flags) {
    const length = word.text.startsWith(flag) ? lengthBefore(rule, flag, word.text) : -1;
    if (length > 0) return word.start + length;
  }
  return -1;
}

/** A word without the quotes and commas at its end. */
function withoutClosing(word: string): string {
  let end = word.length;
  while (end > 0 && `"',`.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

function isBundle({ isBundled, flags }: ReadyFlags, word: string): boolean {
  return (
    isBundled === true &&
    word.length > 2 &&
    /^-[A-Za-z]{2,8}$/.test(word) &&
    flags.includes(`-${word.at(-1)}`)
  );
}

/** How much of a word stands before the value in it: the flag, and a `=` behind it. */
function lengthBefore({ takes }: ReadyFlags, flag: string, word: string): number {
  if (word[flag.length] === '=' && takes !== 'attached') return flag.length + 1;
  return takes !== 'next' && !flag.startsWith('--') ? flag.length : -1;
}

/** A word that begins with a dash is the next flag, unless it is quoted. */
function nextValue(next: ShellWord): number {
  const prefix = next.text.startsWith('a') ? (/^a\d{1,3}=(?=")/.exec(next.text)?.[0].length ?? 0) : 0;
  return next.text.startsWith('-') ? -1 : next.start + prefix;
}

/** `--stdin-name db_password`: what follows is the name of something, and takes no place among the arguments. */
const isOfNameFlag = /^--(?:[a-z]{1,20}-){1,3}name$/;

function positionSecret(
  text: string,
  reading: Reading,
  word: ShellWord,
  before: ShellWord | undefined,
): Span | null {
  if (reading.positions.length === 0 || isOfNameFlag.test(before?.text ?? '')) return null;
  const bare = withoutQuotes(word.text);
  let found: Span | null = null;
  for (const position of reading.positions)
    if (takesWord(position, word.text, bare))
      found ??= secretAt(text, word.start, position.rule.part ?? 'all');
  return found;
}

/** Goes on to the next word of the rule; whether this one is the secret. */
function takesWord(position: Position, word: string, bare: string): boolean {
  const expected = position.rule.words[position.at];
  const isHere = expected === '$' && position.isOpen && !isOther.test(word);
  if (isHere || expected === '*' || expected === bare) position.at += 1;
  return isHere;
}

function withoutQuotes(word: string): string {
  const start = isQuote(word[0]) ? 1 : 0;
  const end = word.length > start && isQuote(word.at(-1)) ? word.length - 1 : word.length;
  return word.slice(start, end);
}

/** Paths of shares and assignments stand in the same places as secrets. */
const isOther = /^["']?(?:\\\\|\w+=(?!=?$)|-$)/;
