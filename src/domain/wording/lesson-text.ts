import type { StepResult } from '../run/step.ts';
import { formatDay, formatDuration, oneLine } from './format.ts';

/** A step that failed, for the note above it and for what is attached to a review. Times are ms since the epoch. */
export interface FailedStep {
  readonly title: string;
  readonly timeoutMs: number;
  readonly expect: string | null;
  readonly exitCodes: readonly number[];
  readonly result: StepResult | null;
}

const longestSeen = 200;
const longestOutput = 1_000;

/** What was seen, as a paragraph above the step. */
export function failedNote(step: FailedStep, at: number): string {
  const seen = oneLine(outputOf(step.result).slice(-longestOutput), longestSeen);
  const said = seen === '' ? 'it wrote nothing' : `it wrote: ${seen}`;
  const day = formatDay(at);
  if (step.result?.state === 'timed-out')
    return `On ${day} this took longer than ${formatDuration(step.timeoutMs)}, and ${said}.`;
  return `On ${day} this ${howFailed(step)}, and ${said}.`;
}

/** The same where it cannot stand with its step. */
export const titledNote = ({ title }: FailedStep, note: string): string =>
  `Of the step "${oneLine(title, 100)}": ${note}`;

export const noEffectNote = (at: number): string =>
  `On ${formatDay(at)} all steps went well, and the alert went on all the same. Another cause than this one is behind it then.`;

/** Above a step that somebody did by hand. */
export const byHandNote = (name: string, at: number): string =>
  `Done by hand by ${oneLine(name, 60)} on ${formatDay(at)}, as no step did it.`;

/** Why such a version is proposed. */
export const byHandWhy = (titles: readonly string[]): string =>
  `Somebody did by hand what no step does: ${titles.map((title) => oneLine(title, 80)).join('; ')}.`;

/** The commands alone: what else somebody wrote is theirs to have deleted. */
export const byHandEvidence = (name: string, commands: readonly string[], at: number): string =>
  [`${formatDay(at)}, ${oneLine(name, 60)} did by hand:`, ...commands.map((command) => `$ ${command}`)].join(
    '\n',
  );

/** What is attached to a review: which step, how it ended, and the last of what it wrote. */
export function failureEvidence(why: string, step: FailedStep | undefined, at: number): string {
  const output = step ? outputOf(step.result).slice(-longestOutput).toWellFormed() : '';
  return [`${formatDay(at)}: ${why}`, ...(output === '' ? [] : [output])].join('\n');
}

/** The error stream says why, where there is one. */
const outputOf = (result: StepResult | null): string =>
  result ? result.stderr.trim() || result.stdout.trim() : '';

function howFailed({ expect, exitCodes, result }: FailedStep): string {
  const exitCode = result?.exitCode ?? null;
  if (exitCode === null) return 'ended without an exit code';
  return expect !== null && exitCodes.includes(exitCode)
    ? 'did not show what is expected'
    : `ended with exit code ${exitCode}`;
}
