import type { Span } from '../span.ts';

/** A value found behind a key or flag, without its quotes. */
export interface Value extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
}

const bareEnds = /[\s"'`,;&|<>(){}[\]]/g;
const blanks = /\s/g;

/**
 * The value that begins at an index: up to the closing quote on the same line, else up to the next blank or,
 * inside of running text, the next sign that ends a value there. A scan never passes the next value of the same
 * quote, so reading all values of a text takes time in proportion to the text.
 */
export function readValue(text: string, at: number, isWholeLine = false): Value | null {
  const quote = /^\\?["'`]/.exec(text.slice(at, at + 2))?.[0];
  if (quote !== undefined) {
    const quoted = readQuoted(text, at + quote.length, quote);
    if (quoted) return quoted;
  }
  const start = at + (quote?.length ?? 0);
  const ends = isWholeLine ? blanks : bareEnds;
  ends.lastIndex = start;
  const end = ends.exec(text)?.index ?? text.length;
  return end > start ? { start, end, text: text.slice(start, end), isQuoted: false } : null;
}

/** The text between quotes; `\"…\"` (a JSON string inside a JSON string) ends at the next `\"`. */
function readQuoted(text: string, start: number, quote: string): Value | null {
  if (quote.length === 1) return readPlainQuoted(text, start, quote);
  const end = text.indexOf(quote, start);
  return end < 0 || text.slice(start, end).includes('\n') ? null : quotedValue(text, start, end);
}

function readPlainQuoted(text: string, start: number, quote: string): Value | null {
  for (let at = start; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === quote) return quotedValue(text, start, at);
    if (text[at] === '\\' && quote !== "'") at += 1;
  }
  return null;
}

function quotedValue(text: string, start: number, end: number): Value | null {
  return end > start ? { start, end, text: text.slice(start, end), isQuoted: true } : null;
}
