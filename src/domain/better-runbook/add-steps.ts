import { bodyTextOf } from '../runbook/prose.ts';
import { stepBlocks } from '../runbook/render-runbook.ts';
import type { Parameter, Runbook, RunbookStep } from '../runbook/runbook.ts';
import { addParameters } from './add-parameters.ts';
import type { WrittenRunbook } from './improve-runbook.ts';

/** What a runbook gets besides what it has. */
export interface Addition {
  readonly steps: readonly RunbookStep[];
  readonly parameters: readonly Parameter[];
}

/** The runbook with more steps, each behind those of its kind that it has: a run goes through one kind after the other. */
export function withSteps(runbook: Runbook, { steps, parameters }: Addition): Runbook {
  const whole = {
    ...runbook,
    parameters: [...runbook.parameters, ...parameters],
    steps: [...runbook.steps, ...steps],
  };
  return { ...whole, bodyText: bodyTextOf(whole) };
}

/**
 * The Markdown of a runbook with more steps under headings at its end, so that every line stays as somebody wrote it;
 * undefined where its front matter is too odd to take the parameters. Whether it reads as meant is for the caller to see.
 */
export function appendSteps({ text }: Pick<WrittenRunbook, 'text'>, addition: Addition): string | undefined {
  const whole = addParameters(text, addition.parameters);
  return whole && `${[whole.trimEnd(), ...stepBlocks(addition)].join('\n\n')}\n`;
}
