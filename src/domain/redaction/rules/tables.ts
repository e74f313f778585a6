import { anchor } from '../anchors/anchor.ts';
import { searchIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { strengthOfName } from './key-words.ts';
import { type Line, linesFrom } from './lines.ts';
import { isCommonWord, isReference } from './value-shapes.ts';

/** A head with a column of passwords, as the shells of databases print it and chat tables write it. */
const head = /^(?=[^\n]{0,400}\|)[^\n]{0,400}?(?:pass|pwd|secret|token|pw\b)[^\n]{0,400}$/im;

/** Without one of these a line is no head. */
const ofHead = anchor(/(?:pass|pwd|secret|token|pw\b)/i);

/** A line that is longer is none either, unless something else than a line feed parts it. */
const longestHead = 810;

/** Between the head and its rows, and around them. */
const rule = /^[\s|+:-]+$/;

/** The cells under a head such as `user | password`, up to the first line with another number of cells. */
export function findTableCells(text: string, scan: Scan): readonly Span[] {
  if (!text.includes('|')) return [];
  const cells: Line[] = [];
  let free = 0;
  const search = searchIn(text, scan, ofHead);
  for (let match = search(0); match; match = search(free)) {
    const line = lineAround(text, match.index);
    const below = cellsBelow(text, line);
    for (const cell of below) cells.push(cell);
    free = Math.max(line.end, below.at(-1)?.end ?? 0);
  }
  return cells.flatMap((cell) => secretIn(cell) ?? []);
}

function lineAround(text: string, at: number): Line {
  const start = text.lastIndexOf('\n', at) + 1;
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return { start, end, text: text.slice(start, end) };
}

/** The secret cells of the rows under a line; none unless it is a head. */
function cellsBelow(text: string, line: Line): readonly Line[] {
  const mayBe = line.text.length <= longestHead || /[\r\u2028\u2029]/.test(line.text);
  const found = mayBe ? head.exec(line.text) : null;
  if (!found) return [];
  const isSecret = found[0].split('|').map(isOfSecrets);
  if (!isSecret.includes(true)) return [];
  const cells: Line[] = [];
  for (const row of rowsFrom(text, line.start + found.index + found[0].length + 1, isSecret.length))
    cells.push(...row.filter((_cell, column) => isSecret[column]));
  return cells;
}

function isOfSecrets(name: string): boolean {
  const trimmed = name.trim();
  if (trimmed === '') return false;
  const strength = strengthOfName(trimmed.includes(' ') ? trimmed.replaceAll(' ', '_') : trimmed);
  return strength === 'password' || strength === 'token';
}

function* rowsFrom(text: string, from: number, cells: number): Generator<readonly Line[], void> {
  for (const line of linesFrom(text, from)) {
    if (rule.test(line.text)) continue;
    const row = cellsOf(line);
    if (row.length !== cells) return;
    yield row;
  }
}

function cellsOf(line: Line): readonly Line[] {
  let start = line.start;
  return line.text.split('|').map((text) => {
    const cell = { start, end: start + text.length, text };
    start = cell.end + 1;
    return cell;
  });
}

function secretIn({ start, text }: Line): Span | null {
  const value = text.trim();
  if (value.length < 4 || isReference(value) || isCommonWord(value) || /^\d+$/.test(value)) return null;
  const at = start + text.indexOf(value);
  return { start: at, end: at + value.length };
}
