import type { Span } from '../span.ts';

const begin = /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;

/** The inside of PEM private keys; without an end everything that follows, because a cut key is still a key. */
export function findPrivateKeys(text: string): readonly Span[] {
  const spans: Span[] = [];
  begin.lastIndex = 0;
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const start = match.index + match[0].length;
    end.lastIndex = start;
    const stop = end.exec(text)?.index ?? text.length;
    if (stop > start) spans.push({ start, end: stop });
    begin.lastIndex = Math.max(stop, start);
  }
  return spans;
}
