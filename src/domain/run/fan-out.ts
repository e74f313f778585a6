import type { HostId } from '../ids.ts';

/** One host of a fan-out with the command as it runs there: a placeholder of the host is that host's own name. */
export interface FanOutTarget {
  readonly hostId: HostId;
  readonly command: string;
}

/**
 * One step over the hosts of a group. It is approved as a whole; what runs on each host is a part, a step of its own.
 * The first target is the canary: it runs alone, and the others only once it has succeeded.
 */
export interface FanOut {
  readonly group: string;
  /** How many hosts are at work at a time, after the canary. */
  readonly parallel: number;
  /** Once so many hosts have failed, no further one begins. */
  readonly maxFailures: number;
  readonly targets: readonly FanOutTarget[];
}

/** What counts where the author of a step says nothing. */
export const defaultParallel = 5;
export const defaultMaxFailures = 1;
/** More at a time would hold up the steps of every other thread, and nobody could stop it in time. */
export const mostParallel = 8;
/** More hosts do not fit on a card. */
export const mostFailures = 50;
