import { type Anchor, anchor } from '../anchors/anchor.ts';
import { matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';
import { isReference } from './value-shapes.ts';

/** Where statements of databases take a secret; each pattern ends where the value begins. */
const statements: readonly Anchor[] = [
  anchor(/\bidentified[ \t\n]{1,8}by[ \t\n]{1,8}(?:values[ \t]{1,4}|password[ \t]{1,4})?(?=["'\w])/gi),
  anchor(
    /\bidentified[ \t\n]{1,8}(?:with|via)[ \t\n]{1,8}["'`]?\w{1,64}["'`]?[ \t\n]{1,8}(?:by|as|using)[ \t\n]{1,8}(?:password\()?(?=["'\w])/gi,
  ),
  anchor(/\b(?:password|secret|credentials|passphrase|passwd)[ \t\n]{1,8}(?:=[ \t]{0,4})?N?(?=')/gi),
  anchor(/\bset[ \t]{1,4}password[ \t]{1,4}for[ \t]{1,4}\S{1,128}[ \t]{0,4}=[ \t]{0,4}(?=')/gi),
  anchor(
    /pass\w{0,16}[ \t]{0,4}=[ \t]{0,4}(?:md5|sha1|sha2|sha256|sha512|crypt|encrypt)[ \t]?\([ \t]?(?=')/gi,
  ),
  anchor(
    /\bsp_(?:password|addlogin)[ \t]{1,4}(?:@\w{1,20}[ \t]?=[ \t]?)?(?:NULL|N?'[^'\n]{0,128}'),[ \t]{0,4}(?:@\w{1,20}[ \t]?=[ \t]?)?N?(?=')/gi,
  ),
  anchor(/\b(?:old_)?password[ \t]?\([ \t]?(?=["'])/gi),
  anchor(
    /\b(?:pgp_sym_(?:en|de)crypt|aes_(?:en|de)crypt|des_(?:en|de)crypt|encode|decode|(?:en|de)cryptbypassphrase|crypt)[ \t]?\([^()\n]{1,200},[ \t]{0,4}(?=')/gi,
  ),
];

/** Passwords and keys in SQL, as typed or logged. */
export function findSqlSecrets(text: string, scan: Scan): readonly Span[] {
  return statements.flatMap((statement) => secretsBehind(text, scan, statement));
}

function secretsBehind(text: string, scan: Scan, statement: Anchor): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, statement);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const at = match.index + match[0].length;
    const value = /["']/.test(text.charAt(at)) ? readDoubled(text, at) : readValue(text, at);
    if (!value) continue;
    if (!isSqlWord(value.text)) spans.push({ start: value.start, end: value.end });
    from = value.end;
  }
  return spans;
}

function isSqlWord(value: string): boolean {
  return (
    isReference(value) ||
    /^(?:externally|globally|random|values|by|password|null|expire|default)$/i.test(value)
  );
}

/** A literal in which a quote is written twice. */
function readDoubled(
  text: string,
  at: number,
): { readonly start: number; readonly end: number; readonly text: string } | null {
  const quote = text.charAt(at);
  let end = at + 1;
  while (end < text.length && text[end] !== '\n' && (text[end] !== quote || text[end + 1] === quote))
    end += text[end] === quote || text[end] === '\\' ? 2 : 1;
  if (text[end] !== quote || end === at + 1) return null;
  return { start: at + 1, end, text: text.slice(at + 1, end) };
}
