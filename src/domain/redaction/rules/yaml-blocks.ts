import { anchor } from '../anchors/anchor.ts';
import { allMatches, matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isOfName, strengthOfName } from './key-words.ts';
import { indentOf, linesFrom } from './lines.ts';
import { isCommonWord, isReference } from './value-shapes.ts';

/** A name with its value on the next line, deeper, alone, and no name itself. */
const folded = anchor(
  /:(?=[ \t]{0,20}\r?\n)(?<=(?<indent>^[ \t]{0,40})(?:- )?["']?(?<key>[\w.-]{1,100})["']?:)[ \t]{0,20}\r?\n\k<indent>[ \t]{1,20}["']?(?<value>(?![-{[#!&*|>])[^\s"':]{4,200})["']?[ \t\r]*$/gm,
);

const opening = anchor(/:[ \t]{1,4}[|>][-+0-9]{0,2}[ \t]{0,20}(?:#[^\n]{0,100})?\r?\n/g);

/** The text under `password: |`: all lines that are indented deeper than the key. */
export function findYamlBlocks(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [...foldedValues(text, scan)];
  const next = matchesIn(text, scan, opening);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const end = match.index + match[0].length;
    // Nothing is deeper than a key where the next line begins with no blank.
    if (!/^\s?$/.test(text.charAt(end))) continue;
    const before = text.slice(Math.max(0, match.index - 200), match.index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const strength = strengthOfName(nameAtEnd(line));
    if (strength === null || strength === 'key') continue;
    const block = blockAt(text, end, indentOf(line));
    if (block && !isReference(text.slice(block.start, Math.min(block.end, block.start + 200))))
      spans.push(block);
    from = block?.end ?? 0;
  }
  return spans;
}

/** The name that a line ends with, also in quotes and before blanks. */
function nameAtEnd(line: string): string {
  const trimmed = line.trimEnd();
  const end = /["']$/.test(trimmed.slice(-1)) ? trimmed.length - 1 : trimmed.length;
  let start = end;
  while (start > 0 && isOfName[trimmed.charCodeAt(start - 1)] === 1) start -= 1;
  return trimmed.slice(start, end);
}

function foldedValues(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, folded).flatMap((match) => {
    const { key = '', value = '' } = match.groups ?? {};
    if (strengthOfName(key) !== 'password' || isReference(value) || isCommonWord(value)) return [];
    const start = match.index + match[0].lastIndexOf(value);
    return [{ start, end: start + value.length }];
  });
}

/** The lines of a private key are masked within their frame, so its block is left to that rule. */
function blockAt(text: string, from: number, indent: number): Span | null {
  let end = from;
  for (const line of linesFrom(text, from)) {
    const content = line.text.trimEnd();
    if (content === '') continue;
    if (content.includes('-----BEGIN ')) return null;
    if (indentOf(content) <= indent) break;
    end = line.start + content.length;
  }
  const start = from + (/^[ \t]*/.exec(text.slice(from, from + 200))?.[0].length ?? 0);
  return end > start ? { start, end } : null;
}
