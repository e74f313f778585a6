import type { Span } from '../span.ts';

/** A value found behind a key or flag, without its quotes. */
export interface Value extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** What ends a value without quotes (in `/proc/…/environ` a NUL): inside of running text, or at the end of a line of its own. */
const bareEnds = /[\s\0"'`,;&|<>(){}[\]]|\\[rn](?![A-Za-z0-9])|\\r\\n|\\0(?=[A-Z_]{1,40}=)/g;
const wordEnds = /[;&](?=[\w.-]{1,40}=)|[\s\0"'`]|\\[rn](?![A-Za-z0-9])|\\r\\n|\\0(?=[A-Z_]{1,40}=)/g;

/** Signs that end a sentence or a list item and are no part of a value at the end of a word. */
const trailing = /[,;)\]}>\\]+$/;

/**
 * The value that begins at an index: up to the closing quote on the same line, else up to the next blank or,
 * inside of running text, the next sign that ends a value there. A scan never passes the next value of the same
 * quote, so reading all values of a text takes time in proportion to the text.
 */
export function readValue(text: string, at: number, isWholeWord = false): Value | null {
  const quote = /^(?:[bBuUrRfN@$]{0,2}(?=["'])|\\{0,3}(?=["'`]))\\{0,3}["'`]/.exec(
    text.slice(at, at + 6),
  )?.[0];
  if (quote !== undefined) return readQuoted(text, at + quote.length, quote);
  const ends = isWholeWord || /^\$[{(]/.test(text.slice(at, at + 2)) ? wordEnds : bareEnds;
  ends.lastIndex = at;
  const limit = ends.exec(text)?.index ?? text.length;
  const tail = text.slice(Math.max(at, limit - 8), limit);
  const end = isWholeWord && !tail.startsWith('$') ? limit - (trailing.exec(tail)?.[0].length ?? 0) : limit;
  return end > at ? { start: at, end, text: text.slice(at, end), isQuoted: false } : null;
}

/**
 * The text between quotes; `\"…\"` (a JSON string inside a JSON string) ends at the next `\"`. Where the quote
 * stays open on its line, the value ends at the next blank.
 */
function readQuoted(text: string, start: number, opening: string): Value | null {
  const escapes = /\\*$/.exec(opening.slice(0, -1))?.[0] ?? '';
  const quote = escapes + opening.slice(-1);
  const end = escapes === '' ? endOfPlain(text, start, quote) : endOfEscaped(text, start, quote);
  if (end >= 0) return end > start ? { start, end, text: text.slice(start, end), isQuoted: true } : null;
  wordEnds.lastIndex = start;
  const stop = wordEnds.exec(text)?.index ?? text.length;
  return stop > start ? { start, end: stop, text: text.slice(start, stop), isQuoted: false } : null;
}

function endOfEscaped(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length && text[at] !== '\n'; at += 1) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === quote.at(-1)) return -1;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

function endOfPlain(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === quote) return at;
    if (text[at] === '\\' && quote !== "'") at += 1;
  }
  return -1;
}
