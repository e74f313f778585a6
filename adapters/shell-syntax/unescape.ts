import type { WordPart } from '#domain/risk/command-tree.ts';
import { refuse } from './syntax-node.ts';

const ANSI_C: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ANSI_C_ESCAPE =
  /\\(?:x(?<hex>[0-9a-fA-F]{1,2})|u(?<short>[0-9a-fA-F]{1,4})|U(?<long>[0-9a-fA-F]{1,8})|(?<octal>[0-7]{1,3})|(?<letter>[\s\S]))/gu;

/** The value of `$'…'` (bash manual, "ANSI-C Quoting"). Control escapes are refused: nobody types them. */
export function unescapeAnsiC(source: string): string {
  const text = source.slice(2, -1);
  let value = '';
  let at = 0;
  for (const match of text.matchAll(ANSI_C_ESCAPE)) {
    value += text.slice(at, match.index) + escaped(match.groups ?? {});
    at = match.index + match[0].length;
  }
  return value + text.slice(at);
}

type Escape = Readonly<Record<string, string | undefined>>;

function escaped({ hex, short, long, octal, letter }: Escape): string {
  if (letter !== undefined) return escapedLetter(letter);
  const unicode = short ?? long;
  // \x and octal escapes make bytes, which are characters only within ASCII.
  if (unicode !== undefined) return characterOf(Number.parseInt(unicode, 16), 0x10ffff);
  return characterOf(hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16), 0x7f);
}

function escapedLetter(letter: string): string {
  if (letter === 'c') refuse("$'…' with a control escape");
  return ANSI_C[letter] ?? (/["'?\\]/.test(letter) ? letter : `\\${letter}`);
}

function characterOf(code: number, last: number): string {
  if (!(code > 0 && code <= last)) refuse("$'…' with a character that cannot be");
  return String.fromCodePoint(code);
}

/** The value of text between double quotes, without its expansions (POSIX shell 2.2.3). */
export function unescapeDoubleQuoted(source: string): string {
  return source.replace(/\\([$`"\\\n])/g, (_all, escaped) => (escaped === '\n' ? '' : escaped));
}

/** The value of here-document text, where a double quote needs no backslash (POSIX shell 2.7.4). */
export function unescapeHereDocument(source: string): string {
  return source.replace(/\\([$`\\\n])/g, (_all, escaped) => (escaped === '\n' ? '' : escaped));
}

const PIECES = /\\\n|\\([\s\S])|([*?[\]]+)|([^\\*?[\]]+)/gu;

/** Parts of an unquoted word: escaped characters are quoted, wildcards are patterns, the rest is literal. */
export function partsOfBareWord(source: string): readonly WordPart[] {
  if (/[`$"']/.test(source.replace(/\\[\s\S]/gu, ''))) refuse(`a word that is not understood: ${source}`);
  const parts: WordPart[] = [];
  for (const [piece, escaped, pattern, plain] of source.matchAll(PIECES)) {
    if (piece === '\\\n') continue;
    if (pattern !== undefined) parts.push({ kind: 'pattern', text: pattern });
    else if (escaped !== undefined) parts.push({ kind: 'literal', text: escaped, quoted: true });
    else parts.push({ kind: 'literal', text: plain ?? piece, quoted: false });
  }
  return parts;
}
