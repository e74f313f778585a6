export interface Ring {
  push(chunk: Buffer): void;
  /** The last bytes pushed, oldest first. */
  read(): Buffer;
}

/** Keeps the last `size` bytes; takes no memory before the first one comes. */
export function createRing(size: number): Ring {
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
