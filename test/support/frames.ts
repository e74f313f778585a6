/**
 * Cuts one direction of a WebSocket into whole frames (RFC 6455), so that a proxy can repeat, reorder or read them.
 * Returns a function that takes bytes and gives the frames that they complete.
 */
export function createFrameCutter(): (chunk: Buffer) => readonly Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    for (let size = frameSize(rest); size !== undefined && rest.length >= size; size = frameSize(rest)) {
      frames.push(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    return frames;
  };
}

/** Whether the frame carries text: an envelope of Socket Mode, and no ping. */
export const isText = (frame: Buffer): boolean => ((frame[0] ?? 0) & 0x0f) === 1;

/** What a text frame says; a client masks what it sends. */
export function textOf(frame: Buffer): string {
  const size = headSize(frame);
  const masked = isMasked(frame);
  const payload = Buffer.from(frame.subarray(size));
  if (masked) for (const [n, byte] of payload.entries()) payload[n] = byte ^ (frame[size - 4 + (n % 4)] ?? 0);
  return payload.toString();
}

const isMasked = (bytes: Buffer): boolean => ((bytes[1] ?? 0) & 0x80) !== 0;
const shortSize = (bytes: Buffer): number => (bytes[1] ?? 0) & 0x7f;

/** Bytes before the payload: opcode, size, mask. */
function headSize(bytes: Buffer): number {
  const short = shortSize(bytes);
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  return 2 + extended + (isMasked(bytes) ? 4 : 0);
}

function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 2 || bytes.length < headSize(bytes)) return undefined;
  const short = shortSize(bytes);
  if (short < 126) return headSize(bytes) + short;
  return headSize(bytes) + (short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)));
}

/** A text as one unmasked frame. */
export function buildFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(10);
  head[0] = 0x81;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

/** A frame that ends the connection with a code. */
export function buildClose(code: number): Buffer {
  const frame = Buffer.from([0x88, 2, 0, 0]);
  frame.writeUInt16BE(code, 2);
  return frame;
}
