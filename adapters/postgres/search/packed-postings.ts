import { endianness } from 'node:os';

/**
 * A posting list as bytes: one unsigned 32-bit number a document, little endian; the upper 24 bits are the document's
 * number in its workspace, the lower 8 the square root of its impact as a share of the highest possible, so that small
 * impacts keep their differences. A list is the concatenation of its blocks in any order, and its length is the stem's
 * document frequency, so that can never be wrong.
 */
export type PostingList = Uint32Array;

const bytesEach = Uint32Array.BYTES_PER_ELEMENT;
const impactLevels = 255;
const isLittleEndian = endianness() === 'LE';

/** Documents whose postings of one stem share a row: few rows to read, and none of more than 4 KB to write. */
const blockSize = 1024;

/** What 24 bits can number. */
export const mostNumbers = 2 ** 24;

export const blockOf = (number: number): number => Math.floor(number / blockSize);

/** `share` is 0…1 of the highest possible impact; what matched at all keeps the lowest level. */
export function packPosting(number: number, share: number): number {
  const level = Math.min(impactLevels, Math.max(1, Math.round(Math.sqrt(share) * impactLevels)));
  return number * (impactLevels + 1) + level;
}

export function writePostings(list: PostingList): Buffer {
  const bytes = Buffer.from(
    list.buffer.slice(list.byteOffset, list.byteOffset + list.byteLength) as ArrayBuffer,
  );
  return isLittleEndian ? bytes : bytes.swap32();
}

/** The list in these bytes, copied where a number does not begin where the processor wants it. */
export function readPostings(bytes: Buffer): PostingList {
  const aligned = bytes.byteOffset % bytesEach === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  if (!isLittleEndian) aligned.swap32();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / bytesEach);
}

export const documentsInBytes = (bytes: number): number => bytes / bytesEach;

export const numberOf = (posting: number): number => posting >>> 8;

/** The impact share of each level. */
const shares = Float64Array.from({ length: impactLevels + 1 }, (_, level) => (level / impactLevels) ** 2);

export const shareOf = (posting: number): number => shares[posting & impactLevels] ?? 0;
