import { recordKey } from '#domain/solution-file/render-record.ts';

/** A file, parted into the record of its version and the rest. */
export interface SplitFile {
  /** The lines of the record, empty where there is none, and the line (from 1) at which they begin. */
  readonly record: string;
  readonly recordLine: number;
  readonly text: string;
  /** The line of the file at which a line of the text stands. */
  readonly lineInFile: (line: number) => number;
}

const fence = /^---[ \t]*(?:\r\n|\n|\r)?$/;
const lineEnds = /(?<=\r\n|\n|\r(?!\n))/;
const recordStart = new RegExp(`^${recordKey}:`);

/** Takes the record out; exactly what `joinRecord` put in, or what a person made of that. */
export function splitRecord(source: string): SplitFile {
  const lines = source.split(lineEnds);
  const last = lines.findIndex((line, index) => index > 0 && fence.test(line));
  const start = isFenceAt(lines, 0) ? lines.findIndex((line) => recordStart.test(line)) : -1;
  if (start === -1 || last === -1 || start > last)
    return { record: '', recordLine: 1, text: source, lineInFile: (line) => line };
  const after = lines.findIndex((line, index) => index > start && !/^[ \t]+\S/.test(line));
  const end = Math.min(after === -1 ? last : after, last);
  const rest = [...lines.slice(0, start), ...lines.slice(end, last)];
  // A text without front matter of its own got one for the record alone.
  const wasBare = rest.slice(1).every((line) => line.trim() === '');
  const text = wasBare ? lines.slice(last + 1) : [...rest, ...lines.slice(last)];
  const lineInFile = (line: number): number => {
    if (wasBare) return line + last + 1;
    return line <= start ? line : line + end - start;
  };
  return { record: lines.slice(start, end).join(''), recordLine: start + 1, text: text.join(''), lineInFile };
}

/** Puts the lines of a record at the end of the front matter, or before a text that has none. */
export function joinRecord(text: string, record: readonly string[]): string {
  const written = record.map((line) => `${line}\n`).join('');
  const lines = text.split(lineEnds);
  const last = isFenceAt(lines, 0) ? lines.findIndex((line, index) => index > 0 && fence.test(line)) : -1;
  if (last === -1) return `---\n${written}---\n${text}`;
  return [...lines.slice(0, last), written, ...lines.slice(last)].join('');
}

const isFenceAt = (lines: readonly string[], index: number): boolean =>
  fence.test((lines[index] ?? '').replace(/^\ufeff/, ''));
