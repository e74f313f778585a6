import { anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';
import { isReference, looksLikeStrongPassword, looksRandom } from './value-shapes.ts';

/** "tokens:", "the api keys for staging:". One such list is read to its end, so no character is read for two. */
const opening = anchor(
  /\b(?:tokens|secrets|passwords|passwörter|(?:api|access|secret)[- ]?keys|credentials|creds)(?:[ \t][\w. -]{1,40})?:[ \t]{1,4}/gi,
);

/** What the next secret in the list is for, up to the secret. */
const item =
  /(?:[ \t]?[,;][ \t]{0,4})?(?:(?:and|und)[ \t])?["'`]?[\w.@-]{1,32}["'`]?(?:[ \t]is)?(?:[ \t]?[:=])?[ \t]{1,4}/y;

/** "tokens: prod …, staging …": a list of what was drawn at random or is a password beyond doubt. */
export function findListedSecrets(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, opening);
  let at = 0;
  for (let match = next(); match; match = next(at)) {
    at = match.index + match[0].length;
    for (let found = secretOfItem(text, at); found; found = secretOfItem(text, at)) {
      if (found.isSecret) spans.push(found);
      at = found.end;
    }
  }
  return spans;
}

/** The word behind the next name, or null where the list ends. */
function secretOfItem(text: string, from: number): (Span & { readonly isSecret: boolean }) | null {
  item.lastIndex = from;
  const value = item.test(text) ? readValue(text, item.lastIndex, true) : null;
  if (!value) return null;
  const isDrawn = looksRandom(value.text) || looksLikeStrongPassword(value.text);
  return { start: value.start, end: value.end, isSecret: isDrawn && !isReference(value.text) };
}
