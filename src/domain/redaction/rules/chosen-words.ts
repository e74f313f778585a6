import { anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import type { NearbyWord } from './nearby-word.ts';
import { isReference } from './value-shapes.ts';

/** A word as people choose passwords (`Summer2024!`) or as programs make them (`x7~Q^mB2`). None begins inside of another. */
const chosen =
  /(?<=^|[\s"'`(,/:])(?!(?:Windows|Server|Office|Exchange|Sql|Ubuntu|Debian|Centos|Version|Release|Visual|Studio|Build|January|February|March|April|May|June|July|August|September|October|November|December)\d)(?:[A-Z][a-z]{2,14}\d{2,4}(?:[!#$%?*.]{1,2}|_\w)?|(?=[^\s]{0,16}[!#$%^&*~+?])(?=[^\s]{0,16}\d)(?=[^\s]{0,16}[A-Z])(?=[^\s]{0,16}[a-z])[A-Za-z0-9!#$%^&*~+?._-]{8,24})(?=$|[\s"'`),.;:?])/my;

/** Behind which characters of ASCII such a word may begin; behind all others the pattern itself has to say. */
const mayLead = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\s"'`(,/:]/.test(String.fromCharCode(code))),
);

const saysPassword = anchor(
  /\b(?:pass[ -]?(?:words?|phrase|code)|passwd|pwd|pw|passwort|kennwort|pass)\b|\bcreds?\b|credentials|zugangsdaten|logg?(?:ed|ing)? ?in/i,
);

/** The words of that kind near a noun that says what they are, in a text that speaks of passwords somewhere. */
export function findChosenWords(text: string, scan: Scan, noun: NearbyWord): readonly Span[] {
  // Every such word has a digit; the pattern itself is slow to say so.
  if (!/\d/.test(text) || matchesIn(text, scan, saysPassword)() === null) return [];
  const spans: Span[] = [];
  let free = 0;
  for (const { start, end } of noun.reached()) {
    for (const word of wordsBetween(text, Math.max(free, start), end))
      if (noun.isNear(word.start)) spans.push(word);
    free = Math.max(free, end);
  }
  return spans;
}

/** The words that begin in a piece of the text. */
function wordsBetween(text: string, start: number, end: number): readonly Span[] {
  const words: Span[] = [];
  for (let at = start; at < Math.min(end, text.length); at += 1) {
    const word = at === 0 || mayLead[text.charCodeAt(at - 1)] !== 0 ? chosenAt(text, at) : null;
    if (word) words.push(word);
  }
  return words;
}

function chosenAt(text: string, at: number): Span | null {
  if (!isMixed(text, at)) return null;
  chosen.lastIndex = at;
  const word = chosen.exec(text)?.[0];
  return word && !isReference(word) ? { start: at, end: at + word.length } : null;
}

/** Whether a digit and a capital stand early in the word, as in every word of that kind: the pattern is slow to say so. */
function isMixed(text: string, at: number): boolean {
  let [hasDigit, hasCapital] = [false, false];
  for (let i = at; i < at + 17; i += 1) {
    const code = text.charCodeAt(i);
    if (!(code > 32)) break;
    hasDigit ||= code >= 48 && code <= 57;
    hasCapital ||= code >= 65 && code <= 90;
  }
  return hasDigit && hasCapital;
}
