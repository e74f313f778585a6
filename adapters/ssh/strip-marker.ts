/** More than this before the marker is not a login shell's greeting: then nothing is held back any longer. */
const maxHeld = 64 * 1024;

export interface MarkerFilter {
  /** Takes bytes as they come, cut anywhere. */
  push(chunk: Buffer): void;
  /** The stream ended: without a marker everything held back is passed on, because it says why. */
  end(): void;
}

/**
 * Finds the line `TOKEN WORD` that the start script prints on each stream, reports the word, and passes on
 * only what follows it: what a login shell printed before is not the command's output.
 */
export function createMarkerFilter(
  token: string,
  onMarker: (word: string) => void,
  onBytes: (chunk: Buffer) => void,
): MarkerFilter {
  let held: Buffer | undefined = Buffer.alloc(0);
  const release = (from: number): void => {
    const rest = held?.subarray(from);
    held = undefined;
    if (rest !== undefined && rest.length > 0) onBytes(rest);
  };
  return {
    push: (chunk) => {
      if (held === undefined) {
        onBytes(chunk);
        return;
      }
      held = Buffer.concat([held, chunk]);
      const marker = findMarker(held, token);
      if (marker !== undefined) {
        onMarker(marker.word);
        release(marker.end);
      } else if (held.length > maxHeld) release(0);
    },
    end: () => release(0),
  };
}

function findMarker(
  held: Buffer,
  token: string,
): { readonly word: string; readonly end: number } | undefined {
  const start = held.indexOf(`${token} `);
  const newline = start === -1 ? -1 : held.indexOf('\n', start);
  if (newline === -1) return undefined;
  return { word: held.toString('latin1', start + token.length + 1, newline), end: newline + 1 };
}
