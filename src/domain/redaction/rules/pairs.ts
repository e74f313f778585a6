import type { Span } from '../span.ts';
import { isPlausibleSecret } from './is-plausible-secret.ts';
import { strengthOfName } from './key-words.ts';
import { readValue, type Value } from './read-value.ts';

/**
 * A name and a value as two fields, in JSON, YAML and XML: `{"name": "DB_PASSWORD", "value": "…"}`. Between the two
 * stand at most a few signs and a line break.
 */
const pair =
  /\b(?:name|key|id|field|option|param|parameter|variable)\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?([\w.-]{1,100})\\{0,3}["']?[ \t]{0,8},?[ \t\r\n]{0,200}[\\"']{0,4}(?:value|default|content|secret|val)[\\"']{0,4}[ \t]{0,4}[:=][ \t]{0,4}/gi;

/** `variable "db_password" { … default = "…" }`, and `<name>db.password</name> <value>…`. */
const block = /\bvariable[ \t]{1,4}"([\w-]{1,100})"[ \t]{0,4}\{[^{}]{0,400}?\bdefault[ \t]{0,12}=[ \t]{0,4}/g;
const elements = /<(?:name|key)>([\w.-]{1,100})<\/(?:name|key)>[ \t\r\n]{0,40}<(?:value|string)>/g;

/** An element by its own name or by an attribute: `<password>…<`, `<property name="db.password">…<`. */
const element = /<(?:[\w-]{1,20}:)?([\w.-]{1,60})(?:[ \t][^<>\n]{0,200})?>(?:<!\[CDATA\[)?(?=[^<\s])/g;
const attribute = /[ \t](?:name|key|id)=["']([\w.-]{1,100})["'][^<>\n]{0,200}>(?:<!\[CDATA\[)?(?=[^<\s])/gi;

export function findPairs(text: string): readonly Span[] {
  const read = (at: number) => readValue(text, at, true);
  const readText = (at: number) => elementText(text, at);
  const isMarkup = text.includes('</');
  return [
    ...judged(text, pair, read),
    ...(text.includes('variable') ? judged(text, block, read) : []),
    ...(isMarkup ? judged(text, elements, readText) : []),
    ...(isMarkup ? judged(text, element, readText) : []),
    ...(isMarkup ? judged(text, attribute, readText) : []),
  ];
}

function judged(text: string, pattern: RegExp, read: (at: number) => Value | null): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
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
