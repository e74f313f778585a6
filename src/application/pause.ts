import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, but no longer than until the signal says so. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
