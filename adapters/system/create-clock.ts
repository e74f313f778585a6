import type { Clock } from '#ports/clock.ts';

/** The clock of this machine. */
export function createClock(): Clock {
  return { now: () => Date.now() };
}
