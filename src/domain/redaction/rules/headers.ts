import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';

const authorization = /\b(?:proxy-)?authorization\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?(?=\S)/gi;
const scheme =
  /(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|digest|aws4-hmac-sha256|splunk|key)[ \t]{1,4}/iy;
const bearer = /\bbearer[ \t]{1,4}(?=[\w.~+/=-]{16})/gi;
const cookie = /\b(?:set-)?cookie\\?["']?[ \t]{0,4}:[ \t]{0,4}\\?["']?(?=\S)/gi;

/** `Authorization: <scheme> <credentials>`, `Bearer …` anywhere, and the values of cookies. */
export function findHeaders(text: string): readonly Span[] {
  return [
    ...Array.from(text.matchAll(authorization)).flatMap((match) => credentialsAt(text, endOf(match))),
    ...Array.from(text.matchAll(bearer)).flatMap((match) => bareAt(text, endOf(match))),
    ...Array.from(text.matchAll(cookie)).flatMap((match) => cookieValues(text, endOf(match))),
  ];
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

function credentialsAt(text: string, at: number): readonly Span[] {
  scheme.lastIndex = at;
  const named = scheme.exec(text)?.[0];
  if (!named) return bareAt(text, at).filter(({ start, end }) => end - start >= 6);
  const start = at + named.length;
  // These two have several parts, each of which gives something away.
  if (/^(?:digest|aws4)/i.test(named)) return [{ start, end: endOfHeader(text, start) }];
  return bareAt(text, start);
}

const reference = /^(?:\$|\{|<|%|\[redacted\]|\*{2,}|\.{3})/;

function bareAt(text: string, at: number): readonly Span[] {
  const value = readValue(text, at);
  return value && !reference.test(text.slice(at, at + 12)) ? [{ start: value.start, end: value.end }] : [];
}

/** A header ends with its line or with the quote around it. */
function endOfHeader(text: string, start: number): number {
  const end = /["'`\n\r]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

const attributes = /^(?:path|domain|expires|max-age|samesite|version|priority)$/i;

function cookieValues(text: string, start: number): readonly Span[] {
  const end = endOfHeader(text, start);
  const spans: Span[] = [];
  const pair = /([^=;\s]{1,256})=([^;\s]+)/g;
  for (const match of text.slice(start, end).matchAll(pair)) {
    const [, name = '', value = ''] = match;
    if (attributes.test(name) || reference.test(value)) continue;
    const from = start + match.index + name.length + 1;
    spans.push({ start: from, end: from + value.length });
  }
  return spans;
}
