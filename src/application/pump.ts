import type { Logger } from '#ports/logger.ts';

/** A loop over durable work: woken when something was added, and by a timer for what came another way. */
export interface Pump {
  wake(): void;
  /** Resolves when the turn in hand has ended; nothing new is begun. */
  stop(): Promise<void>;
}

/** Runs `turn` while it finds work, then waits for `wake` or `idleMs`. A turn that throws is logged and tried later. */
export function createPump(turn: () => Promise<boolean>, idleMs: number, logger: Logger): Pump {
  let woken = Promise.withResolvers<void>();
  let stopping = false;
  const run = async () => {
    while (!stopping) {
      const found = await turn().catch((error) => {
        logger.error({ error }, 'background work failed and is tried again');
        return false;
      });
      if (!found && !stopping) await idle(woken.promise, idleMs);
      woken = found ? woken : Promise.withResolvers<void>();
    }
  };
  const ended = run();
  return {
    wake: () => woken.resolve(),
    stop: () => {
      stopping = true;
      woken.resolve();
      return ended;
    },
  };
}

async function idle(woken: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([woken, timeUp]);
  clearTimeout(timer);
}
