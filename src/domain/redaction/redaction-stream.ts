import type { FindSecrets } from './find-secrets.ts';
import { joined, mask, maskJoined, type Span } from './span.ts';

/** How much of a text is redacted at a time: much more than is read twice around its edges. */
export const windowSize = 512 * 1024;

/**
 * How far around a window its neighbours are looked at: what makes a secret one (the beginning of a private key, the
 * `kind: Secret` of a manifest, the other half of a token) may stand on the other side of the edge. No known form
 * of a secret that is longer is found across an edge.
 */
export const lookAround = 32 * 1024;

/** A redactor of a text that comes in chunks. */
export interface RedactionStream {
  /** Takes the next chunk; gives what can no longer change. At most about 576 K characters are held. */
  push(chunk: string): string;
  /** The rest. The stream takes no more after that. */
  end(): string;
}

/**
 * Redacts a text in windows whose edges depend on the text alone, so that the result is the same wherever the text is split into
 * chunks, and memory is bounded however long it is. A text of one window is redacted as a whole.
 */
export function createRedactionStream(find: FindSecrets): RedactionStream {
  /** Kept text: up to `lookAround` of what is written already, then what is not. */
  let kept = '';
  let written = 0;
  /** How far the last mask reaches past what is written; negative when what is written does not end in a mask. */
  let overhang = -1;

  const write = (end: number): string => {
    const begun = overhang > 0 ? [{ start: written - 1, end: written + overhang }] : [];
    const spans = joined([...begun, ...find(kept.slice(0, end + lookAround))]);
    const masked = maskJoined(kept, spans, { start: written, end });
    const isContinued = overhang >= 0 && (spanOver(spans, written)?.end ?? 0) > written;
    overhang = (spanOver(spans, end)?.end ?? end - 1) - end;
    const start = Math.max(0, end - lookAround);
    kept = kept.slice(start);
    written = end - start;
    return isContinued ? masked.slice(mask.length) : masked;
  };

  return {
    push: (chunk) => {
      kept += chunk;
      let safe = '';
      while (kept.length - written >= windowSize + lookAround) safe += write(windowEnd(kept, written));
      return safe;
    },
    end: () => (kept.length > written ? write(kept.length) : ''),
  };
}

/** A window ends behind its last line break near the end, or else in the middle of its last line. */
function windowEnd(kept: string, written: number): number {
  const most = written + windowSize;
  const lineEnd = kept.lastIndexOf('\n', most - 1) + 1;
  const end = lineEnd > most - lookAround ? lineEnd : most;
  // Half of a surrogate pair would be no text.
  return /[\uD800-\uDBFF]/.test(kept.charAt(end - 1)) ? end - 1 : end;
}

/** The span that begins before the edge and reaches it. */
function spanOver(spans: readonly Span[], edge: number): Span | undefined {
  return spans.find(({ start, end }) => start < edge && end >= edge);
}
