import { type Anchor, anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';
import { isReference, looksRandom } from './value-shapes.ts';

const authorization = anchor(
  /\b(?:proxy-)?authorization\\{0,3}["'`]?\]?[ \t]{0,4}(?:=>|[:=,]|(?=["']))[ \t]{0,4}\[?\\{0,3}["'`]?(?=[^\s"'`])/gi,
);
const scheme = /[A-Za-z][\w-]{1,23}[ \t]{1,4}(?=[^\s"'`,;])/y;
const bearer = anchor(/\bbearer[ \t]{1,4}(?=[\w.~+/=-]{16})/gi);
const cookie = anchor(
  /\b(?:set-)?cookie\\{0,3}["'`]?[ \t]{0,4}[:=,][ \t]{0,4}\\{0,3}["'`]?(?=[^\s"'`=;]{1,256}=)/gi,
);
const curlCookie = anchor(
  /(?<=\bcurl\b[^\n]{0,400}[ \t])(?:-b|--cookie)[ \t]{1,4}["']?(?=[^\s"'`=;]{1,256}=)/g,
);

/** `proxy_set_header X-Api-Key …;` and `Header set X-Token …`: a header with blanks between name and value. */
const spaced = anchor(
  /\b(?:proxy_set_header|add_header|more_set_headers|RequestHeader[ \t]+set|Header[ \t]+set|http-request[ \t]+set-header|fastcgi_param)[ \t]{1,8}["']?[\w-]{0,40}(?:token|key|secret|auth|password)[\w-]{0,12}["']?[ \t]{1,8}(?!["']?(?:Basic|Bearer|Token)\b)(?=\S)/gi,
);

const smtpAuth = anchor(/\bAUTH[ \t]{1,4}(?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5)[ \t]{1,4}(?=[\w+/]{8})/g);

const signature = anchor(
  /\bx-hub-signature(?:-256)?["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:sha\d{1,3}=)?(?=[0-9a-f]{20})/gi,
);

/** `Authorization: <scheme> <credentials>`, `Bearer …` anywhere, the values of cookies, and what servers set. */
export function findHeaders(text: string, scan: Scan): readonly Span[] {
  return [
    ...readBehind(text, scan, authorization, credentialsAt),
    ...readBehind(text, scan, bearer, valueAt),
    // Without the sign each would be looked for up to its longest name in vain.
    ...(text.includes('=') ? readBehind(text, scan, cookie, cookieValues) : []),
    ...(text.includes('curl') ? readBehind(text, scan, curlCookie, cookieValues) : []),
    ...readBehind(text, scan, spaced, valueAt),
    ...readBehind(text, scan, smtpAuth, valueAt),
    ...readBehind(text, scan, signature, valueAt),
  ];
}

/** What was read behind an anchor, and where reading goes on: no character is read twice for one kind. */
interface Found {
  readonly spans: readonly Span[];
  readonly end: number;
}

function readBehind(
  text: string,
  scan: Scan,
  beginning: Anchor,
  read: (text: string, at: number) => Found,
): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, beginning);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const found = read(text, match.index + match[0].length);
    for (const span of found.spans) spans.push(span);
    from = found.end;
  }
  return spans;
}

/** Schemes whose credentials are named parts, of which only some are secret. */
const inParts =
  /^(?:digest|aws4|oauth|hawk|signature|aws4-hmac-sha256|token(?=[ \t]+token=)|goog4|sharedaccesssignature|acs3)/i;
const schemes =
  /^(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|splunk|key|geniekey|ssws|jwt|bot|aws|sharedkey|sharedkeylite|pve\w*|snowflake|client-id|discourse|pat|private-token)[ \t]/i;

function credentialsAt(text: string, at: number): Found {
  scheme.lastIndex = at;
  const named = scheme.exec(text)?.[0] ?? '';
  const line = text.slice(at, at + 64);
  if (inParts.test(line)) return namedParts(text, at);
  if (named !== '' && (schemes.test(line) || looksLikeCredentials(text, at + named.length)))
    return valueAt(text, at + named.length);
  const { spans, end } = valueAt(text, at);
  return {
    spans: spans.filter((span) => span.end - span.start >= 6 && /\d/.test(text.slice(span.start, span.end))),
    end,
  };
}

function looksLikeCredentials(text: string, at: number): boolean {
  const value = readValue(text, at);
  return value !== null && looksRandom(value.text);
}

const secretPart =
  /\b(?:response|c?nonce|opaque|signature|oauth_(?:token|signature|nonce)|mac|sig|token)=["']?([^\s"',&;]{6,})/gi;

function namedParts(text: string, at: number): Found {
  const end = endOfHeader(text, at);
  const spans = Array.from(text.slice(at, end).matchAll(secretPart)).flatMap((match) => {
    const value = match[1] ?? '';
    const stop = at + match.index + match[0].length;
    return isReference(value) ? [] : [{ start: stop - value.length, end: stop }];
  });
  return { spans, end };
}

function valueAt(text: string, at: number): Found {
  const value = readValue(text, at);
  if (!value) return { spans: [], end: at };
  return { spans: isReference(value.text) ? [] : [{ start: value.start, end: value.end }], end: value.end };
}

/** A header ends with its line or with the quote around it; in those of many parts quotes belong to the parts. */
function endOfHeader(text: string, start: number): number {
  const stop = /[`\n\r]|(?<![=\\])["'](?![,;\s]*[\w-]{1,40}=)/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return end;
}

/** What a cookie has beside its value, at the end of a text; none is longer than eight letters. */
const attribute = /(?<![^=;\s])(?:path|domain|expires|max-age|samesite|version|priority)$/i;

/** `theme=dark`, `lang=en-US`, `consent=1`: no session hides behind so few letters. */
const isPreference = (value: string): boolean =>
  /^(?:[a-z]{1,8}|[a-z]{2}[-_][A-Z]{2}|\d{1,3});?$/.test(value);

function cookieValues(text: string, start: number): Found {
  const end = /["'`\n\r]/g;
  end.lastIndex = start;
  const stop = end.exec(text)?.index ?? text.length;
  const spans: Span[] = [];
  const header = text.slice(start, stop);
  // Found by the sign, so that no name is read once for each of its letters.
  for (const { index, 1: value = '' } of header.matchAll(/(?<=[^=;\s])=([^;\s]+)/g)) {
    const isOther = attribute.test(header.slice(Math.max(0, index - 9), index));
    if (isOther || isReference(value) || isPreference(value)) continue;
    const from = start + index + 1;
    spans.push({ start: from, end: from + value.length });
  }
  return { spans, end: stop };
}
