import type { Step } from './step.ts';

/**
 * The checks of a run whose results show the state before its first change, the newest of each position, in order. They are
 * what is run again at the end; without a change there are none. `steps` are all of the run, parts too.
 */
export function checksAgain(steps: readonly Step[]): readonly Step[] {
  if (!wasChanged(steps)) return [];
  const first = Math.min(...steps.filter(isSentChange).map(({ startedAt }) => startedAt ?? 0));
  const before = steps.filter((step) => isComparable(step) && (step.endedAt ?? Infinity) <= first);
  const newest = new Map(before.map((step) => [step.position, step]));
  return [...newest.values()].sort((a, b) => a.position - b.position);
}

/** Whether a run has sent something that changes a host. `steps` are all of it, parts too. */
export const wasChanged = (steps: readonly Step[]): boolean => steps.some(isSentChange);

/** Of a step over a group, its parts are what was sent. */
const isSentChange = ({ risk, fanOut, startedAt }: Step): boolean =>
  risk !== 'read-only' && fanOut === null && startedAt !== null;

/** Only what reads is run a second time without being asked for; over a group it is the whole, whose parts are compared. */
const isComparable = ({ kind, round, risk, partOf, startedAt, result }: Step): boolean =>
  kind === 'diagnostic' &&
  round === 0 &&
  risk === 'read-only' &&
  partOf === null &&
  startedAt !== null &&
  result !== null;
