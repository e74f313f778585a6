/** The last characters of a text that comes in chunks. */
export interface TextTail {
  push(chunk: string): void;
  /** The last `most` characters so far. */
  read(): string;
}

/**
 * Keeps whole chunks, as many as the last `most` characters need, and joins them only when somebody reads: a cut at every chunk
 * would copy the whole tail for each packet of a gigabyte.
 */
export function createTextTail(most: number): TextTail {
  let chunks: string[] = [];
  let length = 0;
  return {
    push: (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      for (let [first] = chunks; first !== undefined && length - first.length >= most; [first] = chunks) {
        chunks.shift();
        length -= first.length;
      }
    },
    read: () => {
      const text = chunks.join('').slice(-most);
      chunks = [text];
      length = text.length;
      return text;
    },
  };
}
