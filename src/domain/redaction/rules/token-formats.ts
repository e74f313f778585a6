import { anchor } from '../anchors/anchor.ts';
import type { Scan } from '../anchors/scan-text.ts';
import { spansAt } from '../anchors/spans-at.ts';
import type { Span } from '../span.ts';
import { tokenPrefixes } from './token-prefixes.ts';
import { hashShapes, keyOfOpenai, tokenShapes } from './token-shapes.ts';

const patterns = Object.values(tokenPrefixes).flatMap((some) => some.split(' '));

/** Patterns by the two ASCII characters with which their tokens begin: looked up before anything else. */
const byBeginning: readonly (readonly RegExp[] | undefined)[] = indexPrefixes();

/** Never tried itself, because it has so many branches: its places are those where some token may begin. */
const anyToken = anchor(new RegExp(patterns.join('|')));

/** The characters of which tokens are made: where one stands before, no token begins. */
const tokenCharacters = new Uint8Array(65_536);
for (let code = 45; code < 123; code += 1)
  if (/[\w-]/.test(String.fromCharCode(code))) tokenCharacters[code] = 1;

/** Tokens of known formats, and password hashes. */
export function findTokenFormats(text: string, scan: Scan): readonly Span[] {
  const shaped = [...tokenShapes, ...hashShapes].flatMap(({ hint, pattern }) => {
    const spans = spansAt(text, scan, pattern);
    return spans.length > 0 && text.includes(hint) ? spans : [];
  });
  const ofOpenai = text.includes('T3BlbkFJ') ? spansOf(text, keyOfOpenai) : [];
  return [...findPrefixed(text, scan), ...shaped, ...ofOpenai];
}

function indexPrefixes(): readonly (readonly RegExp[] | undefined)[] {
  const index: RegExp[][] = [];
  for (const pattern of patterns) {
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

function findPrefixed(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const places = scan.placesOf(anyToken.id);
  const length = places?.length ?? text.length;
  let free = 0;
  for (let i = 0; i < length; i += 1) {
    const at = places ? (places[i] ?? 0) : i;
    const end = at < free ? -1 : endOfTokenAt(text, at);
    if (end < 0) continue;
    spans.push({ start: at, end });
    free = end;
  }
  return spans;
}

/** Where the token ends that begins at an index; -1 where none does. */
function endOfTokenAt(text: string, at: number): number {
  const maybe = byBeginning[beginningAt(text, at)];
  if (maybe === undefined) return -1;
  const isInside = at > 0 && tokenCharacters[text.charCodeAt(at - 1)] === 1;
  return isInside && !isBehindEscape(text, at) ? -1 : endOfToken(text, at, maybe);
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
