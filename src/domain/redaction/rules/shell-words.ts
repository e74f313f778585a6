import type { Span } from '../span.ts';

/** One argument as it stands in the text, with its quotes. */
export interface ShellWord extends Span {
  readonly text: string;
}

const isBlank = flagsOf(' \t,[]{}');
const isEnding = flagsOf(' \t\r\n\f\v;|&()`');
const isClosing = flagsOf(',])}');

function flagsOf(characters: string): Uint8Array {
  const flags = new Uint8Array(128);
  for (const character of characters) flags[character.charCodeAt(0)] = 1;
  return flags;
}

/**
 * The words from an index to the end of the command: a line break that no backslash joins, `;`, `|`, `&` or a
 * bracket. A quote opens where a value may begin, so that apostrophes in sentences open none; one that stays open on its
 * line counts as a letter. Every character is read at most twice.
 */
export function readCommand(
  text: string,
  from: number,
  most = Number.POSITIVE_INFINITY,
): { readonly words: readonly ShellWord[]; readonly end: number } {
  const words: ShellWord[] = [];
  const open: Open = { '"': -1, "'": -1 };
  let at = from;
  for (;;) {
    at = skipBlanks(text, at);
    if (at >= text.length || isEnding[text.charCodeAt(at)] === 1 || words.length >= most)
      return { words, end: Math.max(at, from + 1) };
    const end = endOfWord(text, at, open);
    words.push({ start: at, end, text: text.slice(at, end) });
    at = end;
  }
}

/** For each kind of quote, up to where it is known not to close. */
type Open = Record<'"' | "'", number>;

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBlank[code] === 1) at += 1;
    else if (code === backslash && text.charCodeAt(at + 1) === lineFeed) at += 2;
    else return at;
  }
}

function endOfWord(text: string, start: number, open: Open): number {
  let at = start;
  while (at < text.length && !isEnd(text, at)) {
    const close = closing(text, start, at, open);
    if (close >= 0 && isClosing[text.charCodeAt(close + 1)] === 1) return close + 1;
    at = close >= 0 ? close + 1 : at + (text.charCodeAt(at) === backslash ? 2 : 1);
  }
  return Math.min(at, text.length);
}

function isEnd(text: string, at: number): boolean {
  return isEnding[text.charCodeAt(at)] === 1 && !(text[at] === '(' && text[at - 1] === '$');
}

const backslash = 92;
const lineFeed = 10;
const doubleQuote = 34;
const isQuote = flagsOf(`"'`);

function mayOpen(text: string, start: number, at: number): boolean {
  return at === start || text[start] === '-' || text[start] === '/' || /[=:%,'"]/.test(text.charAt(at - 1));
}

/**
 * Where a quote that opens here closes on its line, or -1; what was looked for in vain is noted, so that nobody looks
 * again.
 */
function closing(text: string, start: number, at: number, open: Open): number {
  if (isQuote[text.charCodeAt(at)] !== 1) return -1;
  const quote = text[at] === '"' ? '"' : "'";
  if (open[quote] > at || !mayOpen(text, start, at)) return -1;
  const sign = quote.charCodeAt(0);
  const end = endOfQuote(text, at + 1, sign);
  if (text.charCodeAt(end) === sign) return end;
  open[quote] = end;
  return -1;
}

/** The next such quote, or the end of its line. */
function endOfQuote(text: string, from: number, sign: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === sign || code === lineFeed) break;
    if (code === backslash && sign === doubleQuote) at += 1;
  }
  return at;
}
