import type { Span } from '../span.ts';
import { strengthOfName } from './key-words.ts';
import { type Line, linesFrom } from './lines.ts';
import { isCommonWord, isReference } from './value-shapes.ts';

/** A head with a column of passwords, as the shells of databases print it and chat tables write it. */
const head = /^(?=[^\n]{0,400}\|)[^\n]{0,400}?(?:pass|pwd|secret|token|pw\b)[^\n]{0,400}$/gim;

/** Between the head and its rows, and around them. */
const rule = /^[\s|+:-]+$/;

/** The cells under a head such as `user | password`, up to the first line with another number of cells. */
export function findTableCells(text: string): readonly Span[] {
  if (!text.includes('|')) return [];
  const cells: Line[] = [];
  head.lastIndex = 0;
  for (let match = head.exec(text); match; match = head.exec(text)) {
    const isSecret = match[0].split('|').map(isOfSecrets);
    if (!isSecret.includes(true)) continue;
    for (const row of rowsFrom(text, head.lastIndex + 1, isSecret.length)) {
      cells.push(...row.filter((_cell, column) => isSecret[column]));
      head.lastIndex = row.at(-1)?.end ?? head.lastIndex;
    }
  }
  return cells.flatMap((cell) => secretIn(cell) ?? []);
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
