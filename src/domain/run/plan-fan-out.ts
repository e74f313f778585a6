import type { StepId } from '../ids.ts';
import type { FanOut, FanOutTarget } from './fan-out.ts';
import type { EndedStepState, Step, StepState } from './step.ts';

type Part = Pick<Step, 'id' | 'hostId' | 'state'>;

/** What comes next in a fan-out: hosts that begin, parts that must not begin any more, and its end when it has come to one. */
export interface FanOutPlan {
  readonly launch: readonly FanOutTarget[];
  readonly withdraw: readonly StepId[];
  readonly ended: EndedStepState | null;
}

const onTheHost: readonly StepState[] = ['claimed', 'running'];
const underWay: readonly StepState[] = ['approved', ...onTheHost];
/** Withdrawn parts never began and say nothing of the command. */
const noFailure: readonly StepState[] = ['proposed', ...underWay, 'succeeded', 'skipped'];

const isFailure = ({ state }: Part): boolean => !noFailure.includes(state);

/**
 *   canary alone ──succeeded──> up to `parallel` at a time ──> all ended
 *        └──anything else──> over        └──`maxFailures` reached──> what runs ends, nothing begins
 *
 * `isWanted` is false once the run was stopped. Asked anew whenever a part has changed.
 */
export function planFanOut(fanOut: FanOut, parts: readonly Part[], isWanted: boolean): FanOutPlan {
  const busy = parts.filter(({ state }) => underWay.includes(state));
  if (isWanted && mayLaunch(fanOut, parts)) {
    const launch = nextTargets(fanOut, parts, busy.length);
    const isOver = launch.length === 0 && busy.length === 0;
    return { launch, withdraw: [], ended: isOver ? endOf(fanOut, parts) : null };
  }
  const waiting = busy.filter(({ state }) => state === 'approved');
  return {
    launch: [],
    withdraw: waiting.map(({ id }) => id),
    ended: waiting.length === busy.length ? endOf(fanOut, parts) : null,
  };
}

function mayLaunch({ maxFailures, targets }: FanOut, parts: readonly Part[]): boolean {
  const canary = parts.find(({ hostId }) => hostId === targets[0]?.hostId);
  const isPast = canary === undefined || canary.state === 'succeeded' || underWay.includes(canary.state);
  return isPast && parts.filter(isFailure).length < maxFailures;
}

function nextTargets(
  { targets, parallel }: FanOut,
  parts: readonly Part[],
  busy: number,
): readonly FanOutTarget[] {
  const left = targets.filter(({ hostId }) => !parts.some((part) => part.hostId === hostId));
  if (parts.length === 0) return left.slice(0, 1);
  const canary = parts.find(({ hostId }) => hostId === targets[0]?.hostId);
  return canary?.state === 'succeeded' ? left.slice(0, Math.max(0, parallel - busy)) : [];
}

/** The worst that became of a host is what became of the whole. What was stopped before all had their turn is cancelled. */
function endOf({ targets }: FanOut, parts: readonly Part[]): EndedStepState {
  const has = (state: StepState) => parts.some((part) => part.state === state);
  if (has('unknown')) return 'unknown';
  if (has('cancel-unconfirmed')) return 'cancel-unconfirmed';
  if (parts.filter(({ state }) => state === 'succeeded').length === targets.length) return 'succeeded';
  return parts.some(isFailure) && !has('cancelled') ? 'failed' : 'cancelled';
}
