import type { Span } from '../span.ts';
import type { Anchor } from './anchor.ts';
import { searchIn } from './matches.ts';
import type { Scan } from './scan-text.ts';

/**
 * What an anchor matches: of its group `secret`, if it has one, or else all of it with its group `front` before it. Spans do not
 * overlap, but what leads to a secret may lie inside of the last.
 */
export function spansAt(text: string, scan: Scan, anchor: Anchor): readonly Span[] {
  const search = searchIn(text, scan, anchor);
  const spans: Span[] = [];
  let free = 0;
  for (let match = search(0); match; match = search(match.index + 1)) {
    const span = spanOf(match);
    if (span.start < free) continue;
    spans.push(span);
    free = span.end;
  }
  return spans;
}

function spanOf({ index, groups, 0: found }: RegExpExecArray): Span {
  const end = index + found.length;
  const secret = groups?.secret;
  if (secret !== undefined) return { start: end - secret.length, end };
  return { start: index - (groups?.front?.length ?? 0), end };
}
