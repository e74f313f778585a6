/**
 * Cuts what a WebSocket server sends into whole frames (RFC 6455, unmasked), so that a proxy can repeat or reorder
 * them. Returns a function that takes bytes and gives the frames that they complete.
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

function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  if (short < 126) return 2 + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + Number(bytes.readBigUInt64BE(2));
}
