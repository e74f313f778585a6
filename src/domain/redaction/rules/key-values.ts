import { anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { goesOn, isPlausibleBehindBlank, isPlausibleSecret } from './is-plausible-secret.ts';
import {
  isHarmlessName,
  isLetter,
  isOfName,
  isOwnWord,
  type KeyStrength,
  keyPattern,
  strengthOf,
} from './key-words.ts';
import { readValue, type Value } from './read-value.ts';
import { isCommonWord, isCommonWordAt, isReference } from './value-shapes.ts';

/**
 * What may stand between a name and its value: quotes, a bracket, a sign; in a call a comma between quotes; and in
 * many configurations nothing but a blank, sometimes with the number of an encoding.
 */
const nameAndSign = anchor(
  new RegExp(
    `${keyPattern}(\\\\{0,3}["'\`]?\\]?(?:[. ]{2,40}(?=:))?)([ \\t]{0,40}(?:=>|:=|=(?!=|~[ \\t"'])|::?(?![:=]))[ \\t]{0,8}(?:!unsafe[ \\t]|!!\\w+[ \\t])?|[ \\t]{0,4},[ \\t]{0,4}(?=["'])|[ \\t]{1,8}(?:[0-9][ \\t])?(?=["'\`]?[^\\s=:]{6})(?=\\S{0,64}[\\d!$%^&*+?#~]))`,
    'gi',
  ),
);

/** `password=…`, `"apiKey": "…"`, `client_secret: …` in YAML, JSON, INI, environments, URLs, code and logs. */
export function findKeyValues(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, nameAndSign);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const span = secretBehind(text, match);
    if (!span) continue;
    const changed = valueBehindArrow(text, span.end);
    spans.push(span, ...changed);
    from = changed[0]?.end ?? span.end;
  }
  return spans;
}

const arrow = /["'][ \t]{1,4}(?:->|=>|→)[ \t]{1,4}(?=["'])/y;

/** `password = "…" -> "…"`: what a value becomes, as plans show it. */
function valueBehindArrow(text: string, at: number): readonly Span[] {
  arrow.lastIndex = at;
  const value = arrow.test(text) ? readValue(text, arrow.lastIndex) : null;
  return value && !isReference(value.text) && !isCommonWord(value.text) ? [value] : [];
}

function secretBehind(text: string, match: RegExpExecArray): Span | null {
  // Read by number: taking a match apart like a list costs as much as the match.
  const whole = match[0];
  const sign = match[3] ?? '';
  const strength = strengthOf(match[1] ?? '');
  const at = match.index + whole.length;
  if (isNoValue(text, at, strength)) return null;
  const nameAt = nameStart(text, match.index);
  if (isOtherName(text, nameAt, match, strength)) return null;
  const separator = (sign.includes('!') ? sign.replace(/!.*/, '') : sign).trim();
  const value = valueBehind(text, match, separator, nameAt);
  if (!value) return null;
  const isPlausible =
    separator === '' || /^\d$/.test(separator)
      ? isPlausibleBehindBlank(strength, value)
      : isPlausibleSecret({ key: text.slice(nameAt, at - sign.length), strength, separator, value, text });
  return isPlausible ? { start: value.start, end: value.end } : null;
}

/** The value, with what stands before the name; null also where it is surely none. */
function valueBehind(text: string, match: RegExpExecArray, separator: string, nameAt: number): Value | null {
  const at = match.index + match[0].length;
  const special = readWords(text, at, match[1] ?? '') ?? readToQuote(text, at, text[nameAt - 1]);
  if (special || isPlainWord(text, at, separator)) return special;
  return readValue(text, at, separator !== '=>' && startsLine(text, match.index));
}

/**
 * Whether the value is a word up to a blank of which the judges say at once that it is none: one of the common words, or
 * behind a colon the beginning of a sentence. Most of what stands behind such names is, so it need not be read first.
 */
function isPlainWord(text: string, at: number, separator: string): boolean {
  let end = at;
  while (end < at + longestPlain && isLetter(text.charCodeAt(end))) end += 1;
  if (end === at || end === at + longestPlain) return false;
  let stop = end;
  while (isStop(text.charCodeAt(stop))) stop += 1;
  if (!isBlank(text.charCodeAt(stop))) return false;
  return isCommonWordAt(text, at, end) || (stop === end && isSentence(text, at, end, separator));
}

const longestPlain = 24;
const isStop = (code: number): boolean => code === 46 || code === 44 || code === 58 || code === 59;
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10;

function isSentence(text: string, at: number, end: number, separator: string): boolean {
  if (!separator.startsWith(':')) return false;
  for (let i = at + 1; i < end; i += 1) if (text.charCodeAt(i) < 97) return false;
  return goesOn(text, end);
}

/** What need not be read: the sign of a block, and behind a `key` what was not drawn at random. */
function isNoValue(text: string, at: number, strength: KeyStrength): boolean {
  return isBlockSign(text, at) || (strength === 'key' && !mayBeRandom(text, at));
}

/** `password: |` before the end of its line: the value is a block below, which has a rule of its own. */
function isBlockSign(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  return (sign === 124 || sign === 62) && /^[\r\n]?$/.test(text.charAt(at + 1));
}

/** Whether the word is only a part of another name, or stands where no name of a value stands. */
function isOtherName(text: string, nameAt: number, match: RegExpExecArray, strength: KeyStrength): boolean {
  const sign = match[3] ?? '';
  if (!isOwnWord(text, match.index, match[1] ?? '') || isHarmlessName(text, match.index, strength))
    return true;
  return (
    (sign.trim() === ',' && !isArgument(text, nameAt, match)) || isPartOfName(text, nameAt, match, strength)
  );
}

/** What is drawn at random has no blank in its first ten characters; codes of digits have at least four. */
function mayBeRandom(text: string, at: number): boolean {
  return /^(?:\\{0,3}["'`])?[^\s"'`]{10}|^["']?\d{4}/.test(text.slice(at, at + 14));
}

/** A variable, the third part of `arn:…:secret:name`, the user of an address, and `checksum/secret` of a chart. */
function isPartOfName(text: string, nameAt: number, match: RegExpExecArray, strength: KeyStrength): boolean {
  const before = text.charCodeAt(nameAt - 1);
  if (before === openBrace && text[nameAt - 2] === '$') return true;
  if (before === slash && text.endsWith('checksum/', nameAt)) return true;
  if (match[3] !== ':') return false;
  const isUser = before === slash && text[nameAt - 2] === '/';
  return isUser || (strength !== 'password' && text[match.index - 1] === ':');
}

const openBrace = 123;
const slash = 47;

/** Names are read back so far. */
const longestName = 32;

/** Where the name begins that ends at an index. */
function nameStart(text: string, end: number): number {
  const first = Math.max(0, end - longestName);
  let start = end;
  while (start > first && isOfName[text.charCodeAt(start - 1)] === 1) start -= 1;
  return start;
}

/**
 * Four groups of four small letters, as mail services show the password that they make for a program; behind
 * `passphrase` words up to the end of the line.
 */
function readWords(text: string, at: number, word: string): Value | null {
  const start = text[at] === '"' || text[at] === "'" ? at + 1 : at;
  const first = text.charCodeAt(start);
  if (first < 97 || first > 122) return null;
  const isPhrase = word.length >= 6 && /phrase$/i.test(word);
  if ((!isPhrase && text.charCodeAt(start + 4) !== 32) || strengthOf(word) !== 'password') return null;
  const shape = isPhrase ? phrase : appPassword;
  shape.lastIndex = start;
  const found = shape.exec(text)?.[0];
  return found ? { start, end: start + found.length, text: found, isQuoted: true } : null;
}

const appPassword = /[a-z]{4}(?: [a-z]{4}){3}(?![\w ])/y;
const phrase =
  /(?:(?!with |from |this |that |same |when |your |must |does |have |need )[a-z]{4,12}(?: |(?=[\n\r]|$))){4,8}(?=[\n\r]|$)/y;

/** `'db_password=…'`: where the quote opened before the name, the value ends with it, or with the next pair. */
function readToQuote(text: string, at: number, before: string | undefined): Value | null {
  if ((before !== '"' && before !== "'") || /[\s"'\\]/.test(text.charAt(at))) return null;
  const head = text.slice(at, at + 256);
  const end = head.search(before === '"' ? endInDouble : endInSingle);
  return end > 0 && head[end] === before
    ? { start: at, end: at + end, text: head.slice(0, end), isQuoted: true }
    : null;
}

const endInDouble = /"|\s|\\["']|[&;,][\w.-]{1,40}=/;
const endInSingle = /'|\s|\\["']|[&;,][\w.-]{1,40}=/;

/** `define('DB_PASSWORD', '…')`: the name is the first of two arguments. A list of column names is not. */
function isArgument(text: string, nameAt: number, match: RegExpExecArray): boolean {
  return match[2] !== '' && /\([ \t]{0,4}["']$/.test(text.slice(Math.max(0, nameAt - 6), nameAt));
}

const lineBeginning = /^[\s+>]*(?:-\s+|export\s+|set\s+|ENV\s+|ARG\s+|declare -x\s+|setenv\s+)?["']?[\w.-]*$/;

/** True when only indentation, a list dash, `export` or the beginning of the name stands before the key. */
function startsLine(text: string, at: number): boolean {
  // What stands right before the name settles most cases.
  let start = at;
  while (start > 0 && start > at - 80 && isOfName[text.charCodeAt(start - 1)] === 1) start -= 1;
  const sign = text.charAt(start - 1);
  if (sign === '\n' && start > at - 80) return true;
  if (!mayLead(text, start)) return false;
  const before = text.slice(Math.max(0, at - 80), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.length < 80 || before.length < 80) && lineBeginning.test(line);
}

/** Whether what stands before the name, without its quote and the blanks before that, ends as such a beginning does. */
function mayLead(text: string, nameAt: number): boolean {
  let end = nameAt;
  if (text[end - 1] === '"' || text[end - 1] === "'") end -= 1;
  const quoteAt = end;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  const last = text.charAt(end - 1);
  if (end === quoteAt) return /^[\s+>\w.-]?$/.test(last);
  return /^[\s+>tVGxv-]?$/.test(last);
}
