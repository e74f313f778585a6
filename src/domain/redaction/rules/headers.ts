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
    ...readBehind(text, authorization, credentialsAt),
    ...readBehind(text, bearer, bareAt),
    ...readBehind(text, cookie, cookieValues),
  ];
}

/** What was read behind an anchor, and where reading goes on: no character is read twice for one kind. */
interface Found {
  readonly spans: readonly Span[];
  readonly end: number;
}

function readBehind(
  text: string,
  anchor: RegExp,
  read: (text: string, at: number) => Found,
): readonly Span[] {
  const spans: Span[] = [];
  anchor.lastIndex = 0;
  for (let match = anchor.exec(text); match; match = anchor.exec(text)) {
    const found = read(text, match.index + match[0].length);
    for (const span of found.spans) spans.push(span);
    anchor.lastIndex = Math.max(anchor.lastIndex, found.end);
  }
  return spans;
}

function credentialsAt(text: string, at: number): Found {
  scheme.lastIndex = at;
  const named = scheme.exec(text)?.[0];
  if (!named) {
    const { spans, end } = bareAt(text, at);
    return { spans: spans.filter((span) => span.end - span.start >= 6), end };
  }
  const start = at + named.length;
  // These two have several parts, each of which gives something away.
  if (!/^(?:digest|aws4)/i.test(named)) return bareAt(text, start);
  const end = endOfHeader(text, start);
  return { spans: [{ start, end }], end };
}

const reference = /^(?:\$|\{|<|%|\[redacted\]|\*{2,}|\.{3})/;

function bareAt(text: string, at: number): Found {
  const value = readValue(text, at);
  if (!value) return { spans: [], end: at };
  const isSecret = !reference.test(text.slice(at, at + 12));
  return { spans: isSecret ? [{ start: value.start, end: value.end }] : [], end: value.end };
}

/** A header ends with its line or with the quote around it. */
function endOfHeader(text: string, start: number): number {
  const end = /["'`\n\r]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

const attributes = /^(?:path|domain|expires|max-age|samesite|version|priority)$/i;

function cookieValues(text: string, start: number): Found {
  const end = endOfHeader(text, start);
  const spans: Span[] = [];
  const pair = /([^=;\s]{1,256})=([^;\s]+)/g;
  for (const match of text.slice(start, end).matchAll(pair)) {
    const [, name = '', value = ''] = match;
    if (attributes.test(name) || reference.test(value)) continue;
    const from = start + match.index + name.length + 1;
    spans.push({ start: from, end: from + value.length });
  }
  return { spans, end };
}
