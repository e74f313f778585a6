import type { Anchor } from './anchor.ts';
import type { Scan } from './scan-text.ts';

/** Gives the next match that begins at an index or behind it; without one, behind the last match. */
export type NextMatch = (from?: number) => RegExpExecArray | null;

/** Reads the matches of an anchor one after the other, as a global pattern would find them. */
export function matchesIn(text: string, scan: Scan, anchor: Anchor): NextMatch {
  const search = searchIn(text, scan, anchor);
  let free = 0;
  return (from = 0) => {
    const match = search(Math.max(free, from));
    if (match) free = match.index + match[0].length;
    return match;
  };
}

/** All matches of an anchor, which do not overlap. */
export function allMatches(text: string, scan: Scan, anchor: Anchor): readonly RegExpExecArray[] {
  const next = matchesIn(text, scan, anchor);
  const matches: RegExpExecArray[] = [];
  for (let match = next(); match; match = next()) matches.push(match);
  return matches;
}

/** A search for the first match that begins at an index or behind it; the indices have to grow. */
export function searchIn(
  text: string,
  scan: Scan,
  { id, pattern, everywhere }: Anchor,
): (from: number) => RegExpExecArray | null {
  const places = scan.placesOf(id);
  if (places === null) return (from) => execAt(everywhere, text, from);
  let next = 0;
  return (from) => {
    while (next < places.length) {
      const at = places[next] ?? 0;
      next += 1;
      const match = at < from ? null : execAt(pattern, text, at);
      if (match) return match;
    }
    return null;
  };
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
