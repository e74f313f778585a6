import type { Risk } from '../risk/risk.ts';
import type { StepKind } from '../runbook/runbook.ts';
import type { FailedTry, Retry } from './retry.ts';
import type { Step, StepResult } from './step.ts';

/** Steps that look. What mends or undoes is run again by a person and by nobody else. */
export const mayAskForRetry = (kind: StepKind): boolean => kind === 'diagnostic' || kind === 'validation';

/** What a step is granted of what its author asked for: the judgement of its command decides, not its section alone. */
export function grantRetry(
  { kind, retry }: { readonly kind: StepKind; readonly retry?: Retry },
  risk: Risk,
): Retry | null {
  return retry !== undefined && risk === 'read-only' && mayAskForRetry(kind) ? retry : null;
}

type Tried = Pick<Step, 'id' | 'retry' | 'tries'>;

/** Whether another try is left to a step that ended so. */
export const hasTryLeft = ({ retry, tries }: Tried, { state }: StepResult): boolean =>
  retry !== null && tries.length < retry.times && (state === 'failed' || state === 'timed-out');

/** The name under which the host records the try that is under way: each begins there once at most. */
export const attemptOnHost = ({ id, tries }: Tried): string =>
  tries.length === 0 ? id : `${id}-${tries.length + 1}`;

/** How much of the output of a try is kept that another one followed. */
const keptOutput = 1000;

/** What is kept of a try once the next one begins. */
export function failedTry({ exitCode, why, stdout, stderr }: StepResult): FailedTry {
  return { exitCode, why, output: [stdout, stderr].join('\n').trim().slice(-keptOutput).toWellFormed() };
}
