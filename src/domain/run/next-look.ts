const firstPauseMs = 15_000;
const growth = 1.2;
const longestPauseMs = 300_000;
/** About a day in all: a quarter of an hour in which the pauses grow, and then one look every five minutes. */
const mostLooks = 300;

/** After so many looks in vain, some six minutes, the thread is told that a host is away. */
export const looksInVain = 10;

/** How long to wait until a host is asked again about a step that it has not ended, as far as is known; undefined: no more. */
export function pauseAfterLook(look: number): number | undefined {
  if (look + 1 >= mostLooks) return undefined;
  return Math.min(Math.round(firstPauseMs * growth ** look), longestPauseMs);
}
