import type { Span } from '../span.ts';
import { isPlausibleSecret } from './is-plausible-secret.ts';
import { readValue } from './read-value.ts';

/** Names that end in one of these hold a secret; what comes before (`db_`, `spring.datasource.`) does not matter. */
const keys = [
  'pass(?:word|wd|phrase|code)',
  'pwd',
  'secret',
  'token',
  'credentials?',
  '(?:api|access|secret|private|auth|encryption|signing|account|shared|master|storage|license|webhook)[-_ ]?key',
  '(?:requirepass|masterauth|bindpw|rootpw|authpass|_auth|auth_pass|session[-_]?id|connection[-_]?string)',
].join('|');

const anchor = new RegExp(
  `(?<key>${keys})(?<close>\\\\?["'])?(?<separator>[ \\t]{0,8}(?:=>|:=|=(?![=~])|:(?![:=]))[ \\t]{0,8})`,
  'gi',
);

/** Directives without a sign between name and value (redis.conf, keepalived, .netrc, my.cnf). */
const directive = /(?<=^[ \t]{0,16})(?:requirepass|masterauth|auth_pass|rootpw|bindpw)[ \t]{1,8}(?=\S)/gim;

/** `password=…`, `"apiKey": "…"`, `client_secret: …` in YAML, JSON, INI, environments, URLs and logs. */
export function findKeyValues(text: string): readonly Span[] {
  const spans: Span[] = [];
  anchor.lastIndex = 0;
  for (let match = anchor.exec(text); match; match = anchor.exec(text)) {
    const { key = '', separator = '' } = match.groups ?? {};
    const at = match.index + match[0].length;
    const value = readValue(text, at, startsLine(text, match.index) && !separator.startsWith('=>'));
    if (!value || !isPlausibleSecret({ key, separator: separator.trim(), value, text })) continue;
    spans.push({ start: value.start, end: value.end });
    anchor.lastIndex = value.end;
  }
  for (const match of text.matchAll(directive)) {
    const value = readValue(text, match.index + match[0].length, true);
    if (value) spans.push({ start: value.start, end: value.end });
  }
  return spans;
}

/** True when only indentation, a list dash, `export` or the beginning of the name stands before the key. */
function startsLine(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 80), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /^\s*(?:-\s+|export\s+|set\s+)?["']?[\w.-]*$/.test(line) && (line.length < 80 || before.length < 80);
}
