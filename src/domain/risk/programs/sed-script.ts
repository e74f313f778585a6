/** What a sed script can do besides printing. */
export type SedEffect = 'prints' | 'writes' | 'executes' | 'unknown';

const order = { prints: 0, writes: 1, executes: 2, unknown: 3 } as const satisfies Record<SedEffect, number>;

/**
 * Reads a sed script (POSIX and GNU) far enough to find `w`, `W`, `e` and the `w` and `e` flags of `s`.
 * Whatever it does not know is `unknown`.
 */
export function readSedScript(script: string): SedEffect {
  const reader = { script, at: 0 };
  let worst: SedEffect = 'prints';
  while (reader.at < script.length) {
    const effect = readCommand(reader);
    if (order[effect] > order[worst]) worst = effect;
    if (worst === 'unknown') break;
  }
  return worst;
}

interface Reader {
  readonly script: string;
  at: number;
}

type CommandReader = (reader: Reader) => SedEffect;

const readPlain: CommandReader = (reader) => readEnd(reader);
const readText: CommandReader = (reader) => {
  readLine(reader);
  return 'prints';
};
const readQuit: CommandReader = (reader) => {
  skip(reader, /\s*\d*/y);
  return readEnd(reader);
};

/** Commands by their letter. */
const readers = new Map<string, CommandReader>([
  ['{', () => 'prints'],
  ...[...'}=dDgGhHlnNpPxzF'].map((letter): [string, CommandReader] => [letter, readPlain]),
  ...[...'aicrR#:btT'].map((letter): [string, CommandReader] => [letter, readText]),
  ...[...'qQ'].map((letter): [string, CommandReader] => [letter, readQuit]),
  ...[...'wW'].map((letter): [string, CommandReader] => [letter, (reader) => fileEffect(readLine(reader))]),
  ['s', readSubstitution],
  ['y', (reader) => (readDelimited(reader, 2) ? readEnd(reader) : 'unknown')],
  ['e', () => 'executes'],
]);

function readCommand(reader: Reader): SedEffect {
  skip(reader, /[\s;{}]*/y);
  if (reader.at >= reader.script.length) return 'prints';
  if (!readAddresses(reader)) return 'unknown';
  const read = readers.get(reader.script.charAt(reader.at));
  reader.at += 1;
  return read ? read(reader) : 'unknown';
}

/** Skips what a sticky expression matches and returns true. */
function skip(reader: Reader, pattern: RegExp): true {
  pattern.lastIndex = reader.at;
  reader.at += pattern.exec(reader.script)?.[0].length ?? 0;
  return true;
}

/** `3`, `$`, `/re/I`, `\,re,`, `0~4`, `1,+3`, `2!`. */
function readAddresses(reader: Reader): boolean {
  for (let part = 0; part < 2; part += 1) {
    if (!readAddress(reader)) return false;
    skip(reader, /\s*/y);
    if (reader.script[reader.at] !== ',') break;
    reader.at += 1;
    skip(reader, /\s*/y);
  }
  return skip(reader, /[\s!]*/y);
}

function readAddress(reader: Reader): boolean {
  const first = reader.script[reader.at];
  if (first === '/') return readDelimited(reader, 1) && skip(reader, /[IM]*/y);
  if (first === '\\') {
    reader.at += 1;
    return readDelimited(reader, 1) && skip(reader, /[IM]*/y);
  }
  return skip(reader, /[~+]?\d+(?:~\d+)?|\$/y);
}

/** Reads `count` parts behind the delimiter at hand (`/a/` has one, `/a/b/` two). */
function readDelimited(reader: Reader, count: number): boolean {
  const delimiter = reader.script[reader.at];
  if (!delimiter || /[\s\\]/.test(delimiter)) return false;
  reader.at += 1;
  for (let part = 0; part < count; part += 1) if (!readPart(reader, delimiter)) return false;
  return true;
}

/** Reads up to the delimiter; a bracket expression that holds it ends here too early and makes the rest unknown. */
function readPart(reader: Reader, delimiter: string): boolean {
  for (; reader.at < reader.script.length; reader.at += 1) {
    const char = reader.script[reader.at];
    if (char === '\\') reader.at += 1;
    else if (char === delimiter) {
      reader.at += 1;
      return true;
    }
  }
  return false;
}

function readSubstitution(reader: Reader): SedEffect {
  if (!readDelimited(reader, 2)) return 'unknown';
  skip(reader, /[gpiImM0-9]*/y);
  const next = reader.script[reader.at];
  if (next === 'e') return 'executes';
  if (next === 'w') {
    reader.at += 1;
    return fileEffect(readLine(reader));
  }
  return readEnd(reader);
}

function readEnd(reader: Reader): SedEffect {
  skip(reader, /[ \t]*/y);
  const next = reader.script[reader.at];
  return next === undefined || /[;\n}#]/.test(next) ? 'prints' : 'unknown';
}

/** The rest of the line; in `a`, `i`, `c` text a backslash goes on with the next one. */
function readLine(reader: Reader): string {
  const start = reader.at;
  skip(reader, /(?:\\[\s\S]|[^\\\n])*/y);
  return reader.script.slice(start, reader.at).trim();
}

function fileEffect(file: string): SedEffect {
  return /^\/dev\/(?:stdout|stderr)$/.test(file) ? 'prints' : 'writes';
}
