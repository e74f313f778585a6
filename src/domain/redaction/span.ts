/** A piece of a text, from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands in the place of a secret. */
const mask = '[redacted]';

/** The text with every span masked; spans may overlap and come in any order, joined ones get one mask. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const ordered = spans.toSorted((a, b) => a.start - b.start);
  let masked = '';
  let at = 0;
  let open: Span | null = null;
  for (const span of ordered) {
    if (open && span.start <= open.end) open = { start: open.start, end: Math.max(open.end, span.end) };
    else {
      if (open) {
        masked += text.slice(at, open.start) + mask;
        at = open.end;
      }
      open = span;
    }
  }
  return open ? masked + text.slice(at, open.start) + mask + text.slice(open.end) : masked;
}
