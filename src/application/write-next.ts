import { type Addition, appendSteps, withSteps } from '#domain/better-runbook/add-steps.ts';
import type { WrittenRunbook } from '#domain/better-runbook/improve-runbook.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Core } from './core.ts';

/**
 * A runbook with more steps: its text as it was with them behind it, where that reads as it should, else written anew;
 * undefined where neither reads back as the runbook with these steps.
 */
export function writeNext(
  { runbookParser }: Pick<Core, 'runbookParser'>,
  before: WrittenRunbook,
  addition: Addition,
): WrittenRunbook | undefined {
  const whole: Runbook = withSteps(before.runbook, addition);
  for (const text of [appendSteps(before, addition), renderRunbook(whole)]) {
    const read = text === undefined ? undefined : runbookParser.parse(text, 'next.md');
    if (text !== undefined && read?.kind === 'runbook' && hasSameSteps(read.runbook, whole))
      return { runbook: read.runbook, text };
  }
  return undefined;
}

const hasSameSteps = (one: Runbook, other: Runbook): boolean =>
  one.steps.length === other.steps.length &&
  one.steps.every((step, index) => {
    const wanted = other.steps[index];
    return step.id === wanted?.id && step.command === wanted.command && step.kind === wanted.kind;
  });
