export interface Slots {
  /** Waits for a free one, in order of asking, and returns how to give it back. An abort ends the wait at once. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** Lets at most `size` holders in at a time. */
export function createSlots(size: number): Slots {
  const waiting: (() => void)[] = [];
  let free = size;
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    take: async (signal) => {
      if (free > 0) {
        free -= 1;
        return giveBack;
      }
      const got = await waitInLine(waiting, signal);
      return got ? giveBack : () => undefined;
    },
  };
}

function waitInLine(waiting: (() => void)[], signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const enter = (): void => {
      signal.removeEventListener('abort', leave);
      resolve(true);
    };
    const leave = (): void => {
      const at = waiting.indexOf(enter);
      if (at !== -1) waiting.splice(at, 1);
      resolve(false);
    };
    waiting.push(enter);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
}
