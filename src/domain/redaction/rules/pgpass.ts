import { anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isReference, looksLikePassword } from './value-shapes.ts';

const pgpass = anchor(
  /:(?=(?:\d{2,5}|\*):)(?<=(?:^["'\s]{0,4}|["']|(?<blank>[ \t]))(?<host>[\w.*-]{1,200}):)(?<rest>[\d*]{1,5}:[^:\s]{1,64}:[^:\s]{1,64}:)(?<password>[^\s:"']{4,200})(?=["'\s]|$)/gm,
);

/** The lines of a .pgpass file: `host:port:database:user:password`. */
export function findPgpass(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, pgpass).flatMap((match) => {
    const { host = '', rest = '', password = '', blank } = match.groups ?? {};
    if (/^[0-9a-f:]+$/i.test(host + rest) || isReference(password) || /^\d+$/.test(password)) return [];
    if (blank !== undefined && !looksLikePassword(password)) return [];
    const start = match.index + 1 + rest.length;
    return [{ start, end: start + password.length }];
  });
}
