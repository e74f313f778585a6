import type { Span } from '../span.ts';

export interface Line extends Span {
  readonly text: string;
}

/** The lines from an index on, without their ends; read only as far as somebody asks. */
export function* linesFrom(text: string, from: number): Generator<Line, void> {
  for (let start = from; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield { start, end, text: text.slice(start, end) };
    start = end + 1;
  }
}

/** How far a line is indented; a list dash counts as indentation. */
export function indentOf(line: string): number {
  return /^[ \t]*(?:- )?/.exec(line)?.[0].length ?? 0;
}
