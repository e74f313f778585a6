import type { DraftedStep } from '../capture/thread-draft.ts';
import type { StepState } from '../run/step.ts';

/** A command of a case, told in the thread or run by the bot. `state` is null where nobody said how it ended. */
export interface ToldStep extends DraftedStep {
  readonly state: StepState | null;
}

/** One that the bot ran, with when it ended, in milliseconds since the epoch. */
export interface RanStep extends ToldStep {
  readonly at: number;
}

/** How a command ended, as far as the thread tells. */
export const stateOf = ({ exitCode }: Pick<DraftedStep, 'exitCode'>): StepState | null => {
  if (exitCode === null) return null;
  return exitCode === 0 ? 'succeeded' : 'failed';
};
