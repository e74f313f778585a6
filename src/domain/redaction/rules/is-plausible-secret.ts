import type { KeyStrength } from './key-words.ts';
import type { Value } from './read-value.ts';
import {
  isCommonWord,
  isReference,
  looksLikeName,
  looksLikePassword,
  looksLikeStrongPassword,
  looksRandom,
} from './value-shapes.ts';

/** A value in its place. */
export interface Candidate {
  /** The whole name before the value. */
  readonly key: string;
  readonly strength: KeyStrength;
  /** `=`, `:`, `::`, `=>`, `:=` or `,`. */
  readonly separator: string;
  readonly value: Value;
  readonly text: string;
}

/** Longer than any of the look-alikes below, so no need to look closer. */
const long = 200;

/** Judges whether what stands behind a secret's name is a secret, not a reference, a sentence or a type. */
export function isPlausibleSecret(candidate: Candidate): boolean {
  const { strength, value } = candidate;
  if (value.text.startsWith('-----BEGIN ')) return false;
  if (value.text.length > long) return !isReference(value.text.slice(0, long));
  if (isNoSecret(candidate) || isProse(candidate)) return false;
  if (strength === 'password') return isPlausiblePassword(candidate);
  return strength === 'token' ? isPlausibleToken(candidate) : isPlausibleKey(candidate);
}

/** Text of which the rules for what is inside know better which part is secret. */
const structured = /\/aws4_request|^sha\d{1,3}[=:]|[;&?]\w+=[^=]|@tcp\(/;

function isNoSecret({ value, text }: Candidate): boolean {
  if (text[value.end] === '(' || value.text === 'public' || isCommonWord(value.text)) return true;
  if (isReference(value.text)) return true;
  // Letters and digits alone are of none of the forms below.
  if (/^\w*$/.test(value.text)) return isInSelector(text, value.start);
  if (structured.test(value.text) || /^HTTP\/\d/.test(value.text)) return true;
  const isCommand = value.isQuoted && text[value.start - 1] === '`' && /\s/.test(value.text);
  return isCommand || isInSelector(text, value.start);
}

function isPlausiblePassword({ key, separator, value: { text, end }, text: whole }: Candidate): boolean {
  if (key === 'PASS' && separator.startsWith(':') && isOfTest(whole, text, end)) return false;
  if (/^[/~]/.test(text) && /^(?:old)?pwd$/i.test(key)) return false;
  if (text.length <= 5 && /^\d+$/.test(text)) return text.length > 2 && !/(?:pass|pw)$/i.test(key);
  return !/^[A-Z]?[a-z]*[?.:!]+$|^--?[a-z-]+$/.test(text);
}

/** What a test says that passed: `PASS: TestLogin (0.1s)`. */
function isOfTest(whole: string, text: string, end: number): boolean {
  return /^[Tt]est/.test(text) || whole.startsWith(' (', end);
}

/** `bridge_password …`, `setx API_KEY …`: the same words stand in sentences, so only what looks like a secret counts. */
export function isPlausibleBehindBlank(strength: KeyStrength, value: Value): boolean {
  const word = value.text.replace(/[.:?!]+$/, '');
  // The cheap questions first: these words stand in every other sentence.
  if (!looksSecret(strength, word) || isReference(word) || isCommonWord(word)) return false;
  if (/:\/\/|^[\w.-]+=[^=]|^HTTP\/\d/.test(word)) return false;
  return strength === 'password' || !/^[0-9a-f]{40}$|^[0-9a-f]{64}$|^[0-9a-f]{8}-[0-9a-f]{4}-/.test(word);
}

function looksSecret(strength: KeyStrength, word: string): boolean {
  if (strength === 'password') return looksLikePassword(word);
  return strength === 'token' && (looksRandom(word) || looksLikeStrongPassword(word));
}

/** `password: all tokens updated`: a plain word with more words behind it, as in a message. */
function isProse({ separator, value, text }: Candidate): boolean {
  if (value.isQuoted || !separator.startsWith(':') || !goesOn(text, value.end)) return false;
  return /^[A-Za-z][a-z'’-]*$/.test(value.text);
}

/** Whether another word follows behind a blank, or what stands in the place of one. */
export function goesOn(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (code !== 32 && code !== 9) return false;
  return /^[ \t]{1,7}(?:["'(]?[A-Za-z]|\[redacted\])/.test(text.slice(end, end + 18));
}

/** `"token": "node token.js"`: a token has no blanks. */
function isCommandLine(key: string, text: string): boolean {
  return /^[a-z]+ [a-z][\w.-]*$/.test(text) && /token["'\]\\]*$/i.test(key);
}

/** `uploads/2026/report-final.pdf`: what is drawn at random does not end like a file. */
function isPathOfFile(text: string): boolean {
  return /^[\w.-]+(?:\/[\w.-]+)+\.[a-z]{2,4}$/.test(text);
}

/** What logs call a token by; only the root token of a store is its id. */
function isIdOfToken(key: string, text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text) && /(?<!root[-_])token[-_]?id$/i.test(key);
}

/** A token has no form that says that it is something else; letters and digits alone have none of those forms but that of a number. */
function hasFormOfOther(key: string, text: string): boolean {
  if (text.length < 3 || /^\d{1,6}$/.test(text)) return true;
  if (/^\w*$/.test(text)) return false;
  return (
    isIdOfToken(key, text) ||
    isCommandLine(key, text) ||
    /^[~^]?\d+(?:\.\d+)+$|:\/[/\w]/.test(text) ||
    isPathOfFile(text)
  );
}

/** `token` and `secret` also name resources and metric labels; random text looks different. */
function isPlausibleToken({ key, separator, value }: Candidate): boolean {
  const { text, isQuoted } = value;
  if (hasFormOfOther(key, text)) return false;
  if (separator === ',' && !looksRandom(text) && looksLikeName(text)) return false;
  const hasJoint = /[-._/]/.test(text);
  if (separator === '=' && !isQuoted) return !((hasJoint || text.length < 6) && looksLikeName(text));
  return (text.length >= 16 && !hasJoint) || !looksLikeName(text);
}

/** A `key`, `code` or `sig` is a secret when it was drawn at random, or is quoted with signs that names lack. */
function isPlausibleKey({ key, value }: Candidate): boolean {
  const { text, isQuoted } = value;
  if (/^[\w.-]{1,40}=[^=]/.test(text)) return false;
  if (/(?:^|[^a-z])(?:otp|pin)$/i.test(key)) return /^\d{4,8}$/.test(text) || looksRandom(text);
  if (/cookie$/i.test(key) && /^[A-Z]{16,}$/.test(text)) return true;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text))
    return /(?:routing|service|_|api)[-_]?key|secret[-_]?id/i.test(key);
  if (
    isQuoted &&
    /[$&;#*()!|<>]/.test(text) &&
    !/\s/.test(text) &&
    !/@\w+[.:]|:\/\//.test(text) &&
    /\d/.test(text)
  )
    return text.length >= 10;
  return looksRandom(text) && !/^[\w.-]*(?:[/.][a-z]+)+[/.]?/.test(text.slice(0, 12));
}

/** `metric{secret="name"}` and `{token=~"…"}`: a label of a query, with the brace not far before on the same line. */
function isInSelector(text: string, at: number): boolean {
  if (text[at - 1] !== '"') return false;
  const before = text.slice(Math.max(0, at - 200), at);
  const brace = before.lastIndexOf('{');
  if (brace < 0 || before.slice(brace).includes('}')) return false;
  return /^\{(?:[ \t]*[a-zA-Z_]\w*[ \t]*(?:=~|!~|!=|=)[ \t]*"[^"\n]*"[ \t]*,)*[ \t]*[a-zA-Z_]\w*[ \t]*(?:=~|!~|!=|=)[ \t]*"$/.test(
    before.slice(brace),
  );
}
