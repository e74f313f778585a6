import type { Span } from '../span.ts';
import type { SecretPart } from './programs.ts';
import { readValue, type Value } from './read-value.ts';
import { isReference } from './value-shapes.ts';

/** The secret in the argument that begins at an index; null where it is missing, a reference, or no secret. */
export function secretAt(text: string, at: number, part: SecretPart): Span | null {
  const value = readValue(text, at, true);
  if (!value) return null;
  if (part === 'all') return value.text === 'public' ? null : unlessReference(value);
  if (part === 'pass:') return behindSign(value, part);
  return quotedPart(text, value, part) ?? behindSign(value, part);
}

/** `bob%'…'`, `"admin":"…"`: the secret part in quotes of its own. */
function quotedPart(text: string, value: Value, sign: string): Span | null {
  const at = value.text.endsWith(sign) ? value.end : behindSignAt(text, value.end, sign);
  const next = at < 0 ? null : readValue(text, at, true);
  return next?.isQuoted ? unlessReference(next) : null;
}

/** Where a quote opens behind the sign, before which another may close; -1 where none does. */
function behindSignAt(text: string, from: number, sign: string): number {
  const start = isQuote(text.charAt(from)) ? from + 1 : from;
  const end = start + sign.length;
  return text.startsWith(sign, start) && isQuote(text.charAt(end)) ? end : -1;
}

const isQuote = (character: string): boolean => character === '"' || character === "'";

/** `-u 1000:1000` names a user and a group, and everybody knows these two words. */
const untold = /^(?:anonymous|public|\d+)$/;

function behindSign(value: Value, sign: string): Span | null {
  const found = value.text.indexOf(sign);
  if (found < 0) return null;
  const from = found + sign.length;
  const rest = value.text.slice(from);
  const at = sign === '/' ? rest.lastIndexOf('@') : -1;
  const secret = at < 0 ? rest : rest.slice(0, at);
  if (sign !== 'pass:' && untold.test(secret)) return null;
  const start = value.start + from;
  return unlessReference({ start, end: start + secret.length, text: secret, isQuoted: false });
}

function unlessReference({ start, end, text }: Value): Span | null {
  return text === '' || isReference(text) ? null : { start, end };
}
