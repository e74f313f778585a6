import type { CapturedStream } from '#ports/remote-shell.ts';

/** What is kept of each end of a stream. */
export const headBytes = 128 * 1024;
export const tailBytes = 128 * 1024;

export interface OutputCapture {
  /** Takes the next bytes; memory stays bounded however many come. */
  push(chunk: Buffer): void;
  /** The text so far: all of it, or head and tail around one line that says how much is left out. */
  read(): CapturedStream;
}

/** Keeps the head and the tail of one stream. Bytes that are no UTF-8 become U+FFFD. */
export function createOutputCapture(): OutputCapture {
  const head: Buffer[] = [];
  let headSize = 0;
  let bytes = 0;
  const tail = createRing(tailBytes);
  return {
    push: (chunk) => {
      bytes += chunk.length;
      const kept = chunk.subarray(0, headBytes - headSize);
      // Copied: a slice would keep the whole packet that it came in.
      if (kept.length > 0) head.push(Buffer.from(kept));
      headSize += kept.length;
      tail.push(chunk.subarray(kept.length));
    },
    read: () => {
      const truncated = bytes > headSize + tailBytes;
      const start = Buffer.concat(head);
      if (!truncated) return { text: decode(Buffer.concat([start, tail.read()])), bytes, truncated };
      const leftOut = bytes - headSize - tailBytes;
      const text = `${decodeHead(start)}\n… ${leftOut} bytes left out …\n${decodeTail(tail.read())}`;
      return { text, bytes, truncated };
    },
  };
}

interface Ring {
  push(chunk: Buffer): void;
  /** The last bytes pushed, oldest first. */
  read(): Buffer;
}

function createRing(size: number): Ring {
  let ring = Buffer.alloc(0);
  let total = 0;
  return {
    push: (chunk) => {
      if (chunk.length === 0) return;
      if (ring.length === 0) ring = Buffer.alloc(size);
      const last = chunk.subarray(-size);
      const at = (total + chunk.length - last.length) % size;
      const untilEnd = last.copy(ring, at);
      last.copy(ring, 0, untilEnd);
      total += chunk.length;
    },
    read: () => {
      if (total < size) return ring.subarray(0, total);
      const start = total % size;
      return Buffer.concat([ring.subarray(start), ring.subarray(0, start)]);
    },
  };
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
