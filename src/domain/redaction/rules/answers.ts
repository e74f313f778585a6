import { anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isReference, looksLikeStrongPassword } from './value-shapes.ts';

/** A message that asks for a password or speaks of one. */
const mention = anchor(
  /\b(?:pass[ -]?(?:word|phrase|code)|passwd|pwd|pw|passwort|kennwort|psk)\b(?:(?<asks>[^\n]{0,40}\?)|[^\n]{0,200})/gi,
);

/** A message of one word, behind who says it, and behind what says that the last one was wrong. */
const answer =
  /(?:[^\n:]{1,40}:[ \t]{1,4})?(?<mends>(?:sorry|oops|ups|typo|correction|i mean|i meant|no|wait|nein|quatsch|\*)[,:!.]?[ \t]{1,4})?(?<word>\S{8,64})[ \t\r]*$/imy;

/** Most texts hold no such word, so they need not be read line by line. */
const mending = anchor(/\b(?:sorry|oops|ups|typo|correction|i mean|i meant|no|wait|nein|quatsch)\b|\*[ \t]/i);

/** How many messages behind it an answer may come. */
const reach = 4;

/** A password in a message of its own, after one that asked for it, or as the correction of one that held another. */
export function findAnswers(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const isMended = matchesIn(text, scan, mending)() !== null;
  if (!isMended && !text.includes('?')) return spans;
  const next = matchesIn(text, scan, mention);
  let line = 0;
  for (let match = next(); match; match = next(line)) {
    line = text.indexOf('\n', match.index + match[0].length);
    if (line < 0) break;
    const isAsked = match.groups?.asks !== undefined;
    if (isAsked || isMended) spans.push(...answersBehind(text, line + 1, isAsked));
  }
  return spans;
}

function answersBehind(text: string, from: number, isAsked: boolean): readonly Span[] {
  const spans: Span[] = [];
  let at = from;
  for (let line = 0; line < reach && at > 0 && at < text.length; line += 1) {
    const next = text.indexOf('\n', at) + 1;
    // A question is no answer, and need not be read once more for each question before it.
    const span = text[next - 2] === '?' ? null : answerAt(text, at, isAsked);
    if (span) spans.push(span);
    at = next;
  }
  return spans;
}

function answerAt(text: string, at: number, isAsked: boolean): Span | null {
  answer.lastIndex = at;
  const found = answer.exec(text);
  const { word = '', mends } = found?.groups ?? {};
  if (!found || (!isAsked && mends === undefined)) return null;
  const start = at + found[0].lastIndexOf(word);
  return looksLikeStrongPassword(word) && !isReference(word) ? { start, end: start + word.length } : null;
}
