import type { Word } from './command-tree.ts';
import { effectOfValue, type FlagEffect, type FlagIndex, type FlagShape, flagIndexOf } from './flag-index.ts';
import type { Flags } from './rule.ts';
import { leadOf, literalOf, mayBecomeOption, restOf } from './word.ts';

/** A flag as it stands in the arguments. `value` is null when it takes none or when the value is not fixed text. */
export interface ReadFlag {
  readonly name: string;
  readonly effect: FlagEffect;
  readonly value: Word | null;
}

/** Arguments told apart. `unlisted` are the flags that the table does not know, in order. */
export interface ReadArguments {
  readonly flags: readonly ReadFlag[];
  readonly unlisted: readonly string[];
  readonly operands: readonly Word[];
  /** For each operand, how many arguments stand up to and with it. */
  readonly ends: readonly number[];
  /** How many arguments stood before the first operand that ended the flags, `--` included. */
  readonly used: number;
}

interface Reading {
  readonly index: FlagIndex;
  readonly args: readonly Word[];
  readonly flags: ReadFlag[];
  readonly unlisted: string[];
  readonly operands: Word[];
  readonly ends: number[];
  at: number;
}

/**
 * Tells flags from operands the way getopt does: clusters, attached and separate values, `--`.
 * With `stopAtOperand` the first operand ends the flags (programs that run the rest as a command).
 */
export function readArguments(args: readonly Word[], table: Flags, stopAtOperand = false): ReadArguments {
  const reading: Reading = {
    index: flagIndexOf(table),
    args,
    flags: [],
    unlisted: [],
    operands: [],
    ends: [],
    at: 0,
  };
  for (let word = args[0]; word; word = args[reading.at]) {
    if (literalOf(word) === '--') {
      reading.at += 1;
      break;
    }
    if (stopAtOperand && !isOption(word)) break;
    reading.at += 1;
    readWord(reading, word);
  }
  const { flags, unlisted, operands, ends, at } = reading;
  const rest = args.slice(at);
  return {
    flags,
    unlisted,
    operands: [...operands, ...rest],
    ends: [...ends, ...rest.map((_word, index) => at + index + 1)],
    used: at,
  };
}

function isOption(word: Word): boolean {
  const lead = leadOf(word);
  return (lead.startsWith('-') && lead !== '-') || mayBecomeOption(word);
}

function readWord(reading: Reading, word: Word): void {
  const lead = leadOf(word);
  if (!isOption(word)) {
    reading.operands.push(word);
    reading.ends.push(reading.at);
  } else if (lead === '') reading.unlisted.push(word.source);
  else readOption(reading, word, lead);
}

function readOption(reading: Reading, word: Word, lead: string): void {
  const equals = lead.indexOf('=');
  const name = equals < 0 ? lead : lead.slice(0, equals);
  const shape = reading.index.shapes.get(name);
  const isWhole = equals >= 0 || literalOf(word) !== null;
  if (shape && isWhole) addFlag(reading, name, shape, equals < 0 ? undefined : restOf(word, equals + 1));
  else if (lead.startsWith('--')) reading.unlisted.push(name);
  else readShort(reading, word, lead);
}

function readShort(reading: Reading, word: Word, lead: string): void {
  const digits = reading.index.shapes.get('-#');
  if (digits && /^-\d+$/.test(lead)) addFlag(reading, '-#', digits, restOf(word, 1));
  else readCluster(reading, word, lead);
}

/** `-abc value`: letters up to the first one that takes a value. */
function readCluster(reading: Reading, word: Word, lead: string): void {
  const shapeOf = (letter: string) => reading.index.shapes.get(`-${letter}`);
  const letters = [...lead.slice(1)];
  const last = letters.findIndex((letter) => (shapeOf(letter)?.takes ?? 'nothing') !== 'nothing');
  const alone = last < 0 ? letters : letters.slice(0, last);
  for (const letter of alone) {
    const shape = shapeOf(letter);
    if (shape) addFlag(reading, `-${letter}`, shape, undefined);
    else reading.unlisted.push(`-${letter}`);
  }
  if (last >= 0) readLastOfCluster(reading, word, lead, last + 1);
  else if (literalOf(word) === null) reading.unlisted.push(word.source);
}

/** The letter at `at` takes a value: the rest of the word, or the next word. */
function readLastOfCluster(reading: Reading, word: Word, lead: string, at: number): void {
  const name = `-${lead[at]}`;
  const shape = reading.index.shapes.get(name);
  const isAttached = at + 1 < lead.length || literalOf(word) === null;
  if (shape) addFlag(reading, name, shape, isAttached ? restOf(word, at + 1) : undefined);
}

function addFlag(reading: Reading, name: string, shape: FlagShape, attached: Word | undefined): void {
  let value = attached ?? null;
  if (shape.takes === 'value' && !attached) {
    value = reading.args[reading.at] ?? null;
    reading.at += 1;
  }
  const known = value && effectOfValue(reading.index, name, value);
  const effect = attached && shape.takes === 'nothing' ? effectOfSwitch(name, shape, attached) : shape.effect;
  reading.flags.push({ name, effect: known ?? effect, value });
}

/** `--force=false` takes back what `--force` says; a value that is not known may do so to what makes a call harmless. */
function effectOfSwitch(name: string, { effect }: FlagShape, value: Word): FlagEffect {
  const text = literalOf(value)?.toLowerCase();
  if (name === '-#' || text === 'true') return effect;
  const tames = effect === 'reading' || effect === 'bounding';
  const raises = effect === 'mutating' || effect === 'destructive';
  return tames || (raises && text === 'false') ? 'harmless' : effect;
}
