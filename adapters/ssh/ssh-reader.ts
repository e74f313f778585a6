/** Reads the fields of an SSH message (RFC 4251 §5) one after another. Throws RangeError where one is cut short. */
export interface SshReader {
  uint32(): number;
  uint64(): bigint;
  bytes(): Buffer;
  text(): string;
  /** Where the next field begins. */
  position(): number;
  /** True when every byte was read. */
  atEnd(): boolean;
}

export function readSsh(message: Buffer, start = 0): SshReader {
  let at = start;
  const take = (length: number): number => {
    const from = at;
    if (from + length > message.length) throw new RangeError('a field is cut short');
    at += length;
    return from;
  };
  const uint32 = (): number => message.readUInt32BE(take(4));
  const bytes = (): Buffer => {
    const length = uint32();
    const from = take(length);
    return message.subarray(from, from + length);
  };
  return {
    uint32,
    uint64: () => message.readBigUInt64BE(take(8)),
    bytes,
    text: () => bytes().toString('utf8'),
    position: () => at,
    atEnd: () => at === message.length,
  };
}

/** Fields of unknown number, such as the list of principals inside one field. */
export function readTexts(field: Buffer): readonly string[] {
  const reader = readSsh(field);
  const texts: string[] = [];
  while (!reader.atEnd()) texts.push(reader.text());
  return texts;
}

/** A field of an SSH message: its length and its bytes. */
export function sshString(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
