import type { MayHave } from '../may-have.ts';
import type { Span } from '../span.ts';
import { tokenPrefixes } from './token-prefixes.ts';
import { hashShapes, tokenShapes } from './token-shapes.ts';

/** Patterns by the two ASCII characters with which their tokens begin: looked up before anything else. */
const byBeginning: readonly (readonly RegExp[] | undefined)[] = indexPrefixes();

/** Whether a token may begin with a character: most do not, which is seen at once. */
const isFirst = Uint8Array.from({ length: 65_536 }, (_, code) =>
  Number(code < 128 && byBeginning.slice(code * 128, code * 128 + 128).some((patterns) => patterns)),
);

/** The characters of which tokens are made: where one stands before, no token begins. */
const tokenCharacters = new Uint8Array(65_536);
for (let code = 45; code < 123; code += 1)
  if (/[\w-]/.test(String.fromCharCode(code))) tokenCharacters[code] = 1;

/** Tokens of known formats, and password hashes. */
export function findTokenFormats(text: string, mayHave: MayHave): readonly Span[] {
  const shaped = [...tokenShapes, ...hashShapes].flatMap(({ hint, pattern }) =>
    mayHave(hint) && text.includes(hint) ? spansOf(text, pattern) : [],
  );
  return [...findPrefixed(text), ...shaped];
}

function indexPrefixes(): readonly (readonly RegExp[] | undefined)[] {
  const index: RegExp[][] = [];
  for (const pattern of Object.values(tokenPrefixes).flatMap((patterns) => patterns.split(' '))) {
    const at = beginningAt(pattern.replaceAll('\\', ''), 0);
    index[at] = [...(index[at] ?? []), new RegExp(pattern, 'y')];
  }
  return Array.from({ length: 128 * 128 }, (_, at) => index[at]);
}

function beginningAt(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return first < 128 && second < 128 ? first * 128 + second : 0;
}

function findPrefixed(text: string): readonly Span[] {
  const spans: Span[] = [];
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isMaybe = isFirst[code] === 1 && (tokenCharacters[before] !== 1 || isBehindEscape(text, at));
    before = code;
    const patterns = isMaybe ? byBeginning[beginningAt(text, at)] : undefined;
    const end = patterns ? endOfToken(text, at, patterns) : -1;
    if (end <= at) continue;
    spans.push({ start: at, end });
    at = end - 1;
    before = text.charCodeAt(at);
  }
  return spans;
}

/** `\n` and its kind in an escaped text are no part of a token. */
function isBehindEscape(text: string, at: number): boolean {
  return text.charCodeAt(at - 2) === 92 && 'nrt'.includes(text.charAt(at - 1));
}

function endOfToken(text: string, at: number, patterns: readonly RegExp[]): number {
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return at + found[0].length;
  }
  return -1;
}

function spansOf(text: string, pattern: RegExp): readonly Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
