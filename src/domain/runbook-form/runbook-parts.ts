import { renderParameter, renderSteps } from '../runbook/render-runbook.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { writePlace } from '../wording/place-text.ts';

/** What a person fills in, in the order of the form; `lines` many for more than one. */
export const runbookParts = {
  title: { lines: 'one', longest: 150 },
  steps: { lines: 'many', longest: 2_900 },
  parameters: { lines: 'many', longest: 2_900 },
  description: { lines: 'many', longest: 2_900 },
  // Where a form has few inputs, those from here on share the last one.
  applies_to: { lines: 'one', longest: 400 },
  tags: { lines: 'one', longest: 400 },
  owner: { lines: 'one', longest: 100 },
  notes: { lines: 'many', longest: 2_000 },
} as const;

export type RunbookPart = keyof typeof runbookParts;

/** The parts of a runbook as texts that can be changed: steps as their Markdown, parameters as lines of front matter. */
export function partsOf(runbook: Runbook): Readonly<Record<RunbookPart, string>> {
  return {
    title: runbook.title,
    steps: renderSteps(runbook),
    parameters: runbook.parameters.map(renderParameter).join('\n'),
    description: runbook.lead,
    applies_to: writePlace(runbook.appliesTo),
    tags: runbook.tags.join(', '),
    owner: runbook.owner,
    notes: runbook.notes,
  };
}
