import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';
import { isReference, looksLikeStrongPassword, looksRandom } from './value-shapes.ts';

/** "tokens:", "the api keys for staging:". One such list is read to its end, so no character is read for two. */
const opening =
  /\b(?:tokens|secrets|passwords|passwörter|(?:api|access|secret)[- ]?keys|credentials|creds)(?:[ \t][\w. -]{1,40})?:[ \t]{1,4}/gi;

/** What the next secret in the list is for, up to the secret. */
const item =
  /(?:[ \t]?[,;][ \t]{0,4})?(?:(?:and|und)[ \t])?["'`]?[\w.@-]{1,32}["'`]?(?:[ \t]is)?(?:[ \t]?[:=])?[ \t]{1,4}/y;

/** "tokens: prod …, staging …": a list of what was drawn at random or is a password beyond doubt. */
export function findListedSecrets(text: string): readonly Span[] {
  const spans: Span[] = [];
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    let at = match.index + match[0].length;
    for (let next = secretOfItem(text, at); next; next = secretOfItem(text, at)) {
      if (next.isSecret) spans.push(next);
      at = next.end;
    }
    opening.lastIndex = Math.max(opening.lastIndex, at);
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
