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
  const between = value.text.endsWith(sign)
    ? ''
    : new RegExp(`^["']?${sign}(?=["'])`).exec(text.slice(value.end, value.end + 3))?.[0];
  const next = between === undefined ? null : readValue(text, value.end + between.length, true);
  return next?.isQuoted ? unlessReference(next) : null;
}

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
