import { type Anchor, anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isPlausibleSecret } from './is-plausible-secret.ts';
import { strengthOfName } from './key-words.ts';
import { readValue, type Value } from './read-value.ts';

/**
 * A name and a value as two fields, in JSON, YAML and XML: `{"name": "DB_PASSWORD", "value": "…"}`. Between the two
 * stand at most a few signs and a line break.
 */
const pair = anchor(
  /\b(?:name|key|id|field|option|param|parameter|variable)\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?([\w.-]{1,100})\\{0,3}["']?[ \t]{0,8},?[ \t\r\n]{0,200}[\\"']{0,4}(?:value|default|content|secret|val)[\\"']{0,4}[ \t]{0,4}[:=][ \t]{0,4}/gi,
);

/** `variable "db_password" { … default = "…" }`, and `<name>db.password</name> <value>…`. */
const block = anchor(
  /\bvariable[ \t]{1,4}"([\w-]{1,100})"[ \t]{0,4}\{[^{}]{0,400}?\bdefault[ \t]{0,12}=[ \t]{0,4}/g,
);
const elements = anchor(/<(?:name|key)>([\w.-]{1,100})<\/(?:name|key)>[ \t\r\n]{0,40}<(?:value|string)>/g);

/** An element by its own name or by an attribute: `<password>…<`, `<property name="db.password">…<`. */
const element = anchor(
  /<(?:[\w-]{1,20}:)?([\w.-]{1,60})(?:[ \t][^<>\n]{0,200})?>(?:<!\[CDATA\[)?(?=[^<\s])/g,
);
const attribute = anchor(
  /[ \t](?:name|key|id)=["']([\w.-]{1,100})["'][^<>\n]{0,200}>(?:<!\[CDATA\[)?(?=[^<\s])/gi,
);

export function findPairs(text: string, scan: Scan): readonly Span[] {
  const read = (at: number) => readValue(text, at, true);
  const readText = (at: number) => elementText(text, at);
  const isMarkup = text.includes('</');
  return [
    ...judged(text, scan, pair, read),
    ...(text.includes('variable') ? judged(text, scan, block, read) : []),
    ...(isMarkup ? judged(text, scan, elements, readText) : []),
    ...(isMarkup ? judged(text, scan, element, readText) : []),
    ...(isMarkup ? judged(text, scan, attribute, readText) : []),
  ];
}

function judged(
  text: string,
  scan: Scan,
  beginning: Anchor,
  read: (at: number) => Value | null,
): readonly Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, scan, beginning)) {
    const key = match[1] ?? '';
    const strength = strengthOfName(key);
    const value = strength && read(match.index + match[0].length);
    if (value && isPlausibleSecret({ key, strength, separator: '=', value, text }))
      spans.push({ start: value.start, end: value.end });
  }
  return spans;
}

function elementText(text: string, start: number): Value | null {
  const stop = /[<\n]|\]\]>/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? -1;
  return end > start ? { start, end, text: text.slice(start, end), isQuoted: true } : null;
}
