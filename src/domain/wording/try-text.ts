import type { Retry } from '../run/retry.ts';
import type { Step, StepResult } from '../run/step.ts';
import { formatDuration } from './format.ts';

type Tried = Pick<Step, 'retry' | 'tries'>;

/** `attempt 2 of 3`; empty for a step that is tried once. */
export function tryText({ retry, tries }: Tried): string {
  return retry === null ? '' : `attempt ${tries.length + 1} of ${retry.times + 1}`;
}

/** What will be done when it fails: `up to 3 attempts, 5 s apart`. */
export const retryText = ({ times, pauseMs }: Retry): string =>
  `up to ${times + 1} attempts, ${formatDuration(pauseMs)} apart`;

/** Among the output that a step shows while it runs, between two tries. */
export function nextTryText(step: Tried, { why }: Pick<StepResult, 'why'>): string {
  return `\n[${tryText(step)}: ${why}]\n[The next begins in ${formatDuration(step.retry?.pauseMs ?? 0)}.]\n`;
}

/** Why a step that failed is not tried again although tries are left. */
export const noNextTry = (why: string): string => `It was not tried again: ${why}`;
