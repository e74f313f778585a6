import { refuse } from './syntax-node.ts';

const LONGEST = 65_536;

/** Characters that a shell reads as part of a word but a reader sees as a space, or does not see at all. */
const INVISIBLE = /[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;

/** A backslash that joins two lines in the middle of a word; the grammar would see two words. */
const JOINED_WORD = /(?<=[^\s\\](?:\\\\)*)\\\n(?=\S)/u;

/** `$'…\'…'` ends at another place in shells that do not know `$'`. */
const ESCAPED_QUOTE_IN_ANSI_C = /\$'[^'\\]*(?:\\[^'][^'\\]*)*\\'/u;

/** Code that an arithmetic or `[[ ]]` evaluation would run out of a quoted string. */
const CODE_IN_QUOTES = /'[^']*(?:\$\(|`)[^']*'/u;

/**
 * Signs of which the grammar's time grows with the square of their number, and how many are read: thousands of
 * them take seconds and more memory than the parser has. Nobody who approves could follow as many either.
 */
const mostSigns = [
  { sign: /\|/gu, most: 500, name: 'pipes' },
  { sign: /\(/gu, most: 500, name: 'opening brackets' },
  { sign: /[<>]/gu, most: 500, name: 'redirections' },
  { sign: /<</gu, most: 50, name: 'here-documents' },
  { sign: /[;&\n]/gu, most: 2_000, name: 'separators' },
];

/** Refuses text that two shells, or a shell and a human eye, may read in two ways. */
export function refuseAmbiguousText(text: string): void {
  if (text.length > LONGEST) refuse('it is too long to judge');
  const excess = mostSigns.find(({ sign, most }) => countOf(text, sign) > most);
  if (excess) refuse(`it has more than ${excess.most} ${excess.name}`);
  if (CONTROL.test(text)) refuse('it contains control characters');
  if (INVISIBLE.test(text)) refuse('it contains invisible or unusual space characters');
  if (JOINED_WORD.test(text)) refuse('a backslash joins a word over two lines');
  if (ESCAPED_QUOTE_IN_ANSI_C.test(text)) refuse("$'…' with an escaped quote differs between shells");
  if (/\$\(\(|\[\[|\blet\b/u.test(text) && CODE_IN_QUOTES.test(text)) {
    refuse('a quoted string may be evaluated as arithmetic');
  }
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}
