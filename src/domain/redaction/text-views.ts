/**
 * A text from which something was taken out, as codes of characters; and where in the original each of them begins and
 * ends. Flat arrays, because a megabyte may have half a million line breaks.
 */
export interface TextView {
  readonly codes: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The text without its line breaks and what indents the next line, also as `\n` in an escaped text; null if it has none. */
export function unwrapped(text: string): TextView | null {
  if (!text.includes('\n') && !text.includes('\\n')) return null;
  const { codes, starts, ends } = emptyView(text.length);
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const next = isRare[code] === 1 ? behindBreak(text, at) : at;
    if (next > at) {
      at = next;
      continue;
    }
    codes[length] = code;
    starts[length] = at;
    at += 1;
    ends[length] = at;
    length += 1;
  }
  return cut({ codes, starts, ends }, length);
}

/** The text with every percent-encoded ASCII character decoded; null if it has none. */
export function withoutPercents(text: string): TextView | null {
  if (!text.includes('%')) return null;
  const { codes, starts, ends } = emptyView(text.length);
  let length = 0;
  for (let at = 0; at < text.length; length += 1) {
    const decoded = text.charCodeAt(at) === percent ? decodedAt(text, at) : -1;
    codes[length] = decoded < 0 ? text.charCodeAt(at) : decoded;
    starts[length] = at;
    at += decoded < 0 ? 1 : 3;
    ends[length] = at;
  }
  return cut({ codes, starts, ends }, length);
}

const percent = 37;
const isRare = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('\n\r\\'.includes(String.fromCharCode(code))),
);

const brokenLine = /\\?\r?\n[ \t]*|\\r\\n|\\n/y;

/** Where the text goes on behind a line break that begins at an index; the index itself where none begins. */
function behindBreak(text: string, at: number): number {
  brokenLine.lastIndex = at;
  return brokenLine.test(text) ? brokenLine.lastIndex : at;
}

function decodedAt(text: string, at: number): number {
  const digits = text.slice(at + 1, at + 3);
  return /^[2-7][0-9A-Fa-f]$/.test(digits) ? Number.parseInt(digits, 16) : -1;
}

function emptyView(length: number): TextView {
  return { codes: new Uint16Array(length), starts: new Int32Array(length), ends: new Int32Array(length) };
}

function cut({ codes, starts, ends }: TextView, length: number): TextView {
  return {
    codes: codes.subarray(0, length),
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
  };
}
