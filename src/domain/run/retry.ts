/** How often a step that only reads is tried again by itself once it has failed, and how long it waits before each time. */
export interface Retry {
  readonly times: number;
  readonly pauseMs: number;
}

/** One try of a step that was followed by another; `output` is the end of what it wrote. */
export interface FailedTry {
  readonly exitCode: number | null;
  readonly why: string;
  readonly output: string;
}

/** What counts where the author of a step says only how often. */
export const defaultPauseMs = 5000;
/** More is no retry any more: whoever waits longer looks for the reason. A pause holds a worker as a step does. */
export const mostRetries = 10;
export const longestPauseMs = 60_000;

/** No step may hold a host longer, with all its tries; the queue carries its job for an hour more, and no queue longer. */
export const longestHoldMs = 23 * 3_600_000;

/** The longest that a step can hold its host, its tries and the pauses between them together. */
export const wholeMs = (timeoutMs: number, retry: Retry | null): number =>
  retry === null ? timeoutMs : timeoutMs * (retry.times + 1) + retry.pauseMs * retry.times;
