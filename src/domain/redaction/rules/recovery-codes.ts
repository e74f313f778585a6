import { anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';

const opening = anchor(
  /\b(?:recovery|backup|scratch|rescue|emergency)[ -]codes?(?:[ \t](?:for|of)[ \t][\w.@-]{1,40})?(?:[ \t](?:are|is))?[ \t]{0,2}:?\s{1,4}(?=[a-z0-9])/gi,
);

/** Groups of letters and digits with dashes between, as accounts hand them out in sheets; none is only letters. */
const code =
  /(?=[a-z-]{0,24}\d)(?:[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){1,3}|\d{8})(?![\w-])[ \t]{0,4}(?:[,;|][ \t]{0,4})?(?:\r?\n[ \t]{0,8})?/iy;

/** "recovery codes: …": each code opens an account once. One sheet is read to its end, so no character is read for two. */
export function findRecoveryCodes(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, opening);
  let at = 0;
  for (let match = next(); match; match = next(at)) {
    at = match.index + match[0].length;
    for (let found = codeAt(text, at); found; found = codeAt(text, at)) {
      spans.push({ start: at, end: at + found.trimEnd().replace(/[ \t]*[,;|]$/, '').length });
      at += found.length;
    }
  }
  return spans;
}

function codeAt(text: string, at: number): string | undefined {
  code.lastIndex = at;
  return code.exec(text)?.[0];
}
