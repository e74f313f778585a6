import type { Logger } from '#ports/logger.ts';

/** Work that goes on side by side, at most so many at a time under one key. */
export interface WorkPool {
  /** How many more may be begun under this key. */
  room(key: string): number;
  begin(key: string, work: () => Promise<void>): void;
  /** True while somebody waits in `settle`: work that comes in portions ends after the one in hand. */
  readonly settling: boolean;
  /** Resolves when nothing is in hand any more. */
  settle(): Promise<void>;
}

/** `ended` is called after each piece, when there is room again. Work that throws is logged. */
export function createWorkPool(limit: number, logger: Logger, ended: () => void): WorkPool {
  const inHand = new Map<Promise<void>, string>();
  let waiting = 0;
  return {
    room: (key) => limit - [...inHand.values()].filter((other) => other === key).length,
    begin: (key, work) => {
      const going: Promise<void> = work()
        .catch((error) => logger.error({ error }, 'background work failed and is tried again'))
        .finally(() => {
          inHand.delete(going);
          ended();
        });
      inHand.set(going, key);
    },
    get settling() {
      return waiting > 0;
    },
    settle: async () => {
      waiting += 1;
      while (inHand.size > 0) await Promise.all(inHand.keys());
      waiting -= 1;
    },
  };
}
