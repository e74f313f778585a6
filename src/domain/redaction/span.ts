/** A piece of a text, from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands in the place of a secret. */
export const mask = '[redacted]';

/**
 * A part of a text with every span masked; spans may overlap and come in any order, joined ones get one mask. A
 * span that reaches over an edge of the part is masked as far as it lies inside.
 */
export function maskSpans(
  text: string,
  spans: readonly Span[],
  part: Span = { start: 0, end: text.length },
): string {
  return maskJoined(text, joined(spans), part);
}

/** `maskSpans` of spans that are joined already. */
export function maskJoined(text: string, spans: readonly Span[], part: Span): string {
  let masked = '';
  let at = part.start;
  for (const { start, end } of spans) {
    if (end <= part.start || start >= part.end) continue;
    masked += text.slice(at, Math.max(at, start)) + mask;
    at = Math.min(end, part.end);
  }
  return at === 0 && masked === '' && part.end === text.length ? text : masked + text.slice(at, part.end);
}

/** The spans in order, those that touch or overlap made one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  let last: Span | undefined;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (last && span.end <= last.end) continue;
    if (last && span.start <= last.end) result.pop();
    last = last && span.start <= last.end ? { start: last.start, end: span.end } : span;
    result.push(last);
  }
  return result;
}
