const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * How long to wait before the next attempt, after `failures` in a row: doubled each time, at most 30 s. `random`
 * (0…1) takes up to half of it away, so that what failed together does not come back together.
 */
export function retryPause(failures: number, random: number): number {
  const whole = Math.min(firstPauseMs * 2 ** Math.max(0, failures - 1), longestPauseMs);
  return Math.round(whole * (1 - random / 2));
}
