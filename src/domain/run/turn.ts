import type { StepId } from '../ids.ts';
import type { Step, StepState } from './step.ts';

type Placed = Pick<Step, 'id' | 'state' | 'position' | 'round' | 'chosenAt'>;

/** What can become of a step that was approved ahead of its turn without the run having come to it. */
const aheadStates: readonly StepState[] = ['approved', 'skipped', 'expired'];

const isSamePlace = (one: Placed, other: Placed): boolean =>
  one.position === other.position && one.round === other.round;

/**
 * Whether a run has come to this step and no further: nobody chose what happens without it, it was not proposed again, and
 * what follows waits for its turn, if anything does. `steps` are all of the run, in its order.
 */
export function isNewest(steps: readonly Placed[], id: StepId): boolean {
  const at = steps.findIndex((one) => one.id === id);
  const step = steps[at];
  if (!step || step.chosenAt !== null) return false;
  return steps.slice(at + 1).every((later) => !isSamePlace(step, later) && aheadStates.includes(later.state));
}

/** Whether the run is through with all that comes before this step, which may have been approved ahead of its turn. */
export function hasComeTo(steps: readonly Placed[], id: StepId): boolean {
  const at = steps.findIndex((one) => one.id === id);
  const step = steps[at];
  if (!step) return false;
  const newest = new Map(steps.slice(0, at).map((one) => [`${one.round}/${one.position}`, one]));
  return [...newest.values()].every((earlier) => isSamePlace(earlier, step) || isPast(earlier));
}

const isPast = (step: Placed): boolean => step.chosenAt !== null || step.state === 'skipped' || goesOn(step);

/** A check that is run again holds up nothing by what it finds: whatever that is, it is what is to be compared. */
export const goesOn = ({ state, round }: Pick<Step, 'state' | 'round'>): boolean =>
  state === 'succeeded' || (round === 1 && (state === 'failed' || state === 'timed-out'));
