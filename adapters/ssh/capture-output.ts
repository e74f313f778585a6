import type { Redact } from '#domain/redaction/redact.ts';
import { lookAround } from '#domain/redaction/redaction-stream.ts';
import type { CapturedStream } from '#ports/remote-shell.ts';
import { createRing } from './ring.ts';

/** What is kept of each end of a stream. */
export const headBytes = 128 * 1024;
export const tailBytes = 128 * 1024;

/** What is kept past each cut, so that a secret that the cut splits, or takes from its name, can still be told. */
const margin = lookAround;

export interface OutputCapture {
  /** Takes the next bytes; memory stays bounded however many come. */
  push(chunk: Buffer): void;
  /**
   * The text so far: all of it as it came, or head and tail around one line that says how much is left out. Of a
   * stream that was cut, both ends are redacted, because nobody can do that later.
   */
  read(): CapturedStream;
}

/** Keeps the head and the tail of one stream. Bytes that are no UTF-8 become U+FFFD. */
export function createOutputCapture(redact: Redact = unredacted): OutputCapture {
  const head: Buffer[] = [];
  let headSize = 0;
  let bytes = 0;
  const tail = createRing(tailBytes + margin);
  return {
    push: (chunk) => {
      bytes += chunk.length;
      const kept = chunk.subarray(0, headBytes + margin - headSize);
      // Copied: a slice would keep the whole packet that it came in.
      if (kept.length > 0) head.push(Buffer.from(kept));
      headSize += kept.length;
      tail.push(chunk.subarray(kept.length));
    },
    read: () => {
      const start = Buffer.concat(head);
      const rest = tail.read();
      const leftOut = bytes - headBytes - tailBytes;
      if (leftOut <= 0) return { text: decode(Buffer.concat([start, rest])), bytes, truncated: false };
      const isWhole = bytes === start.length + rest.length;
      const end = isWhole ? Buffer.concat([start, rest]) : rest;
      const text = `${headOf(start, redact)}\n… ${leftOut} bytes left out …\n${tailOf(end, redact)}`;
      return { text, bytes, truncated: true };
    },
  };
}

const unredacted: Redact = (text, part) => (part ? text.slice(part.start, part.end) : text);

function headOf(bytes: Buffer, redact: Redact): string {
  const end = decodeHead(bytes.subarray(0, headBytes)).length;
  return redact(decodeHead(bytes), { start: 0, end });
}

function tailOf(bytes: Buffer, redact: Redact): string {
  const text = decodeTail(bytes.subarray(-(tailBytes + margin)));
  const { length } = decodeTail(bytes.subarray(-tailBytes));
  return redact(text, { start: text.length - length, end: text.length });
}

function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** `stream` leaves out a character that the cut split, instead of showing it as broken. */
function decodeHead(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}

/** Skips the rest of a character that the cut split: at most three continuation bytes (10xxxxxx). */
function decodeTail(bytes: Buffer): string {
  const rest = bytes.subarray(0, 3).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return decode(bytes.subarray(rest === -1 ? 3 : rest));
}
