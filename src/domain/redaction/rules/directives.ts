import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { directives } from './directive-table.ts';
import { readValue } from './read-value.ts';
import { isCommonWord, isReference, looksLikePassword } from './value-shapes.ts';

/** Secrets behind the words of configuration languages that put no sign before a value. */
export function findDirectives(text: string, scan: Scan): readonly Span[] {
  let lower: string | undefined;
  return directives.flatMap(({ hint, pattern, isDoubtful }) => {
    const matches = allMatches(text, scan, pattern);
    if (matches.length === 0) return [];
    lower ??= text.toLowerCase();
    if (!lower.includes(hint)) return [];
    return matches.flatMap((match) => {
      const value = readValue(text, match.index + match[0].length, true);
      if (!value || isReference(value.text) || isCommonWord(value.text) || value.text === 'public') return [];
      const isSure = !isDoubtful || looksLikePassword(value.text.replace(/[.:?!]+$/, ''));
      return isSure ? [{ start: value.start, end: value.end }] : [];
    });
  });
}
