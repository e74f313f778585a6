import type { Clock } from '#ports/clock.ts';

/** Whether less than `ms` went by since `since`. A clock that was put back proves nothing, so then it is false. */
export function isShortSince(clock: Clock, since: number, ms: number): boolean {
  const passed = clock.now() - since;
  return passed >= 0 && passed < ms;
}
