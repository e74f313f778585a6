import type { Anchor } from './anchor.ts';
import type { Scan } from './scan-text.ts';

/** Gives the next match that begins at an index or behind it; without one, behind the last match. */
export type NextMatch = (from?: number) => RegExpExecArray | null;

/** Reads the matches of an anchor one after the other, as a global pattern would find them. */
export function matchesIn(text: string, scan: Scan, anchor: Anchor): NextMatch {
  const { pattern } = anchor;
  const places = scan.placesOf(anchor);
  let next = 0;
  let free = 0;
  const matchAt = (at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  return (from = 0) => {
    free = Math.max(free, from);
    while (next < places.length) {
      const at = places[next] ?? 0;
      next += 1;
      const match = at < free ? null : matchAt(at);
      if (!match) continue;
      free = pattern.lastIndex;
      return match;
    }
    return null;
  };
}

/** All matches of an anchor, which do not overlap. */
export function allMatches(text: string, scan: Scan, anchor: Anchor): readonly RegExpExecArray[] {
  const next = matchesIn(text, scan, anchor);
  const matches: RegExpExecArray[] = [];
  for (let match = next(); match; match = next()) matches.push(match);
  return matches;
}
