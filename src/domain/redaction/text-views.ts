import type { Span } from './span.ts';

/** A text from which something was taken out, and the way back: where a span of it stands in the original. */
export interface TextView {
  readonly text: string;
  readonly back: (span: Span) => Span;
}

/** The text without its line breaks and what indents the next line, also as `\n` in an escaped text; null if it has none. */
export function unwrapped(text: string): TextView | null {
  return replaced(text, /\\?\r?\n[ \t]*|\\r\\n|\\n/g, () => '');
}

/** The text with every percent-encoded ASCII character decoded; null if it has none. */
export function withoutPercents(text: string): TextView | null {
  return text.includes('%')
    ? replaced(text, /%([2-7][0-9A-Fa-f])/g, (code) => String.fromCharCode(Number.parseInt(code, 16)))
    : null;
}

function replaced(text: string, pattern: RegExp, make: (group: string) => string): TextView | null {
  /** Where in the new text the offset to the old one changes, and to what. */
  const at: number[] = [0];
  const offsets: number[] = [0];
  let made = '';
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    made += text.slice(last, match.index) + make(match[1] ?? '');
    last = match.index + match[0].length;
    at.push(made.length);
    offsets.push(last - made.length);
  }
  if (last === 0) return null;
  const original = (index: number) => index + (offsets[lastNotAfter(at, index)] ?? 0);
  // The end is found from the last character, so that what was taken out behind it stays outside.
  return {
    text: made + text.slice(last),
    back: ({ start, end }) => ({ start: original(start), end: original(end - 1) + 1 }),
  };
}

/** The position of the last number that is not greater; the numbers rise. */
function lastNotAfter(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
