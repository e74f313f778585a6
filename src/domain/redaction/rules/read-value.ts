import type { Span } from '../span.ts';

/** A value found behind a key or flag, without its quotes. */
export interface Value extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Where what begins at an index ends. */
type FindEnd = (text: string, from: number) => number;

/** What ends a value without quotes (in `/proc/…/environ` a NUL): inside of running text, or at the end of a line of its own. */
const bareEnds = endsAt(
  /[\s\0"'`,;&|<>(){}[\]]|\\[rn](?![A-Za-z0-9])|\\r\\n|\\0(?=[A-Z_]{1,40}=)/y,
  '"\'`,;&|<>(){}[]\\',
);
const wordEnds = endsAt(
  /[;&](?=[\w.-]{1,40}=)|[\s\0"'`]|\\[rn](?![A-Za-z0-9])|\\r\\n|\\0(?=[A-Z_]{1,40}=)/y,
  '"\'`;&\\',
);

/** Looks for such an end from an index on. The pattern is tried only where one of the signs, a blank or no ASCII stands. */
function endsAt(pattern: RegExp, signs: string): FindEnd {
  const isInside = Uint8Array.from({ length: 128 }, (_, code) =>
    Number(code > 32 && !signs.includes(String.fromCharCode(code))),
  );
  return (text, from) => {
    let at = from;
    for (; at < text.length; at += 1) {
      if (isInside[text.charCodeAt(at)] === 1) continue;
      pattern.lastIndex = at;
      if (pattern.test(text)) break;
    }
    return at;
  };
}

/** How many signs at the end of a word end a sentence or a list item and are no part of a value. */
function trailingSigns(tail: string): number {
  if (tail.startsWith('$')) return 0;
  let start = tail.length;
  while (start > 0 && ',;)]}>\\'.includes(tail.charAt(start - 1))) start -= 1;
  return tail.length - start;
}

/**
 * The value that begins at an index: up to the closing quote on the same line, else up to the next blank or,
 * inside of running text, the next sign that ends a value there. A scan never passes the next value of the same
 * quote, so reading all values of a text takes time in proportion to the text.
 */
export function readValue(
  text: string,
  at: number,
  isWholeWord = false,
  endOfWord: FindEnd = wordEnds,
): Value | null {
  const quote = openingQuote(text, at);
  if (quote !== undefined) return readQuoted(text, at + quote.length, quote, endOfWord);
  const ends = isWholeWord || text.startsWith('${', at) || text.startsWith('$(', at) ? endOfWord : bareEnds;
  const limit = ends(text, at);
  const end = isWholeWord ? limit - trailingSigns(text.slice(Math.max(at, limit - 8), limit)) : limit;
  return end > at ? { start: at, end, text: text.slice(at, end), isQuoted: false } : null;
}

/**
 * `readValue` of whole words, for a rule that may read many values that begin inside of one word: the end of a word is looked
 * for only once.
 */
export function createWordReader(text: string): (at: number) => Value | null {
  let known = { from: 0, end: -1 };
  const endOfWord: FindEnd = (_, from) => {
    if (from < known.from || from > known.end) known = { from, end: wordEnds(text, from) };
    return known.end;
  };
  return (at) => readValue(text, at, true, endOfWord);
}

/** The quote that a value begins with, with the letters and backslashes before it; most values have none, which is seen at once. */
function openingQuote(text: string, at: number): string | undefined {
  if (isQuote[text.charCodeAt(at)] === 1) return text.charAt(at);
  const last = Math.min(at + 6, text.length);
  for (let i = at; i < last; i += 1)
    if (isQuote[text.charCodeAt(i)] === 1)
      return /^(?:[bBuUrRfN@$]{0,2}(?=["'])|\\{0,3}(?=["'`]))\\{0,3}["'`]/.exec(text.slice(at, last))?.[0];
  return undefined;
}

const isQuote = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('"\'`'.includes(String.fromCharCode(code))),
);

/**
 * The text between quotes; `\"…\"` (a JSON string inside a JSON string) ends at the next `\"`. Where the quote
 * stays open on its line, the value ends at the next blank.
 */
function readQuoted(text: string, start: number, opening: string, endOfWord: FindEnd): Value | null {
  const escapes = opening.length === 1 ? '' : (/\\*$/.exec(opening.slice(0, -1))?.[0] ?? '');
  const quote = escapes + opening.slice(-1);
  const end = escapes === '' ? endOfPlain(text, start, quote) : endOfEscaped(text, start, quote);
  if (end >= 0) return end > start ? { start, end, text: text.slice(start, end), isQuoted: true } : null;
  const stop = endOfWord(text, start);
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
  const closing = quote.charCodeAt(0);
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === closing) return at;
    if (code === lineFeed) return -1;
    if (code === backslash && quote !== "'") at += 1;
  }
  return -1;
}

const lineFeed = 10;
const backslash = 92;
