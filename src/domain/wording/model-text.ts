import type { ModelView } from '../better-runbook/read-model-answer.ts';
import { formatDuration, oneLine } from './format.ts';
import type { FailedStep } from './lesson-text.ts';

/** Above a step that a model proposes. */
export const modelNote = (by: string): string => `Proposed by ${oneLine(by, 100)}. Nobody has run it.`;

export const modelWhy = (titles: readonly string[]): string =>
  `A model proposes further steps: ${titles.map((title) => oneLine(title, 80)).join('; ')}.`;

/** What a model made of a failure, for whoever reviews: as what somebody says, and no more. */
export const modelEvidence = (by: string, { cause, why }: Pick<ModelView, 'cause' | 'why'>): string =>
  `${oneLine(by, 100)} says, and nobody has checked it: ${cause}. ${why}`;

/** The step that failed, in words for a model. */
export function failedStepText(
  step: (FailedStep & { readonly command: string; readonly kind: string }) | undefined,
): string {
  if (!step) return 'None: all steps went well, and the problem stayed.';
  const { title, command, kind, timeoutMs, expect, exitCodes, result } = step;
  const ended =
    result?.state === 'timed-out'
      ? `took longer than ${formatDuration(timeoutMs)}`
      : `ended with exit code ${result?.exitCode ?? 'none'}`;
  return [
    `${title} (${kind})`,
    command,
    `It ${ended}. Exit codes that count as success: ${exitCodes.join(', ')}.`,
    ...(expect === null ? [] : [`Expected in its output: ${expect}`]),
  ].join('\n');
}
