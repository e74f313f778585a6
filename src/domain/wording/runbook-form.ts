import type { VersionId } from '../ids.ts';
import type { Form, FormField } from '../reply.ts';
import type { NeededApproval } from '../runbook/needed-approval.ts';
import { isLeftOut, partNames, type RunbookTexts } from '../runbook-form/restore-parts.ts';
import { type RunbookPart, runbookParts } from '../runbook-form/runbook-parts.ts';
import { cutLines } from '../shortening/cut-lines.ts';
import { approvalText } from './approval-text.ts';
import { placeHint } from './place-text.ts';

const words = {
  title: { label: 'Name', hint: 'What it is for, in a few words.' },
  steps: {
    label: 'Steps',
    hint: 'Under Check, Fix, Verify or Rollback: a line that says what it does, then its sh block.',
  },
  parameters: {
    label: 'Parameters',
    hint: 'One a line: name: { type: host }, or path, int, enum, duration, string.',
  },
  description: { label: 'Description', hint: 'Symptoms and cause: it is found by these words.' },
  applies_to: { label: 'Where it applies', hint: placeHint },
  tags: { label: 'Tags', hint: 'Separated by commas.' },
  owner: { label: 'Owner', hint: 'Who keeps it, such as @sre.' },
  notes: { label: 'Notes', hint: 'What else to know, and what was left out.' },
} as const satisfies Record<RunbookPart, { readonly label: string; readonly hint: string }>;

const required: readonly RunbookPart[] = ['title', 'steps'];

/**
 * The form that makes a runbook of a draft. Of a text that is longer than its field the beginning is shown, with a line
 * that stands for the rest. `waits` tells that a version of the same runbook waits for a review already.
 */
export function runbookForm(
  id: VersionId,
  drafted: RunbookTexts,
  about: {
    readonly approval: NeededApproval;
    readonly waits: boolean;
    /** Null where it is for everybody. */
    readonly shownTo: string | null;
  },
): Form {
  const { approval, waits, shownTo } = about;
  const narrow =
    shownTo === null ? '' : ` As its case it is shown to ${shownTo}, until an approver widens that.`;
  const other = waits ? ' Another version waits for a review already.' : '';
  return {
    action: { verb: 'make-runbook', id },
    title: 'Make a runbook',
    intro: `Approval: ${approvalText(approval)} It goes into a review first.${narrow}${other}`,
    fields: partNames.map((part) => fieldOf(part, drafted[part])),
    submitLabel: 'Put into review',
  };
}

function fieldOf(part: RunbookPart, drafted: string): FormField {
  const { lines, longest } = runbookParts[part];
  const { label, hint } = words[part];
  const isOut = isLeftOut(part, drafted);
  return {
    name: part,
    label,
    hint: isOut
      ? `Too long for this form (${drafted.length} characters). Left empty, it stays as it is.`
      : hint,
    initial: isOut ? '' : cutLines(drafted, longest),
    required: required.includes(part) && !isOut,
    kind: 'text',
    lines,
  };
}

export const staleSentence =
  'What this was made from has changed since the form was opened. Open it anew, or take the line about the rest out.';
export const noStepSentence = 'Write at least one step: a line that says what it does, then its sh block.';
export const noTitleSentence = 'Say in a few words what it is for.';
export const longTitleSentence = `Keep the name below ${runbookParts.title.longest} characters.`;

/** What is wrong in a part, the first few with their lines. */
export function partProblems(
  problems: readonly { readonly line: number; readonly message: string }[],
): string {
  const shown = problems.slice(0, 3).map(({ line, message }) => `Line ${line}: ${message}`);
  const more = problems.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
