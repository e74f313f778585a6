/** What the fold knows of a solution. Times are milliseconds since the epoch. */
export interface SuccessRate {
  /** Weighted count of what worked, shown as `worked n of N`; partly counts half. */
  readonly worked: number;
  /** Number of signals. */
  readonly tried: number;
  /** 0…1, the mean of the posterior; never shown, only ranked by. */
  readonly success: number;
  readonly lastWorkedAt: number | null;
}
