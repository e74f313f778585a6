import type { Span } from '../span.ts';

const placeholder = /^(?:\$\{?[\w.-]+\}?|\{\{[^}]*\}\}|<[^>]*>|\*+|x{3,}|\[redacted\]|%[({]?\w+[)}]?s?)$/i;

/**
 * `scheme://user:password@host`: the part between the first colon and the last `@` before the path. A run
 * never contains a slash, so no character is read for two addresses.
 */
export function findUrlPasswords(text: string): readonly Span[] {
  const spans: Span[] = [];
  const authority = /[^\s/"'`<>\\]*/y;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    authority.lastIndex = at + 3;
    const [run = ''] = authority.exec(text) ?? [];
    const span = passwordIn(run);
    if (span) spans.push({ start: at + 3 + span.start, end: at + 3 + span.end });
  }
  return spans;
}

function passwordIn(run: string): Span | null {
  const colon = run.indexOf(':');
  const end = run.lastIndexOf('@');
  if (colon < 0 || end <= colon + 1) return null;
  return placeholder.test(run.slice(colon + 1, end)) ? null : { start: colon + 1, end };
}
