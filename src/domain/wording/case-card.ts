import type { Recurrence } from '../case-merge/resolve-merges.ts';
import type { VersionId } from '../ids.ts';
import type { Reply } from '../reply.ts';
import type { Case } from '../solution.ts';
import { formatAge } from './format.ts';
import { recurrenceText } from './merge-text.ts';

/** A past fix that somebody chose: what was done then, to be done by hand. */
export function caseCard(past: Case, version: VersionId, seen: Recurrence | undefined): Reply {
  const sections = [
    { name: 'Symptoms', value: [past.symptoms] },
    { name: 'Root cause', value: [past.rootCause] },
    { name: 'What fixed it', value: [past.resolution] },
    { name: 'How it was checked', value: [past.validation] },
    { name: 'It took', value: [past.tookMinutes === undefined ? '' : formatAge(past.tookMinutes * 60_000)] },
    { name: 'Recurrence', value: [recurrenceText(seen)] },
    { name: 'By', value: [(past.people ?? []).join(', ')] },
  ];
  return {
    summary: `Past case: ${past.title}`,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: past.title },
      { kind: 'fields', fields: sections.filter(({ value }) => value[0] !== '') },
      ...(past.steps ? [{ kind: 'code', role: 'output', text: past.steps } as const] : []),
      { kind: 'note', line: ['A past case is not executed. Do what fits, then say whether it helped.'] },
      {
        kind: 'buttons',
        buttons: [{ action: { verb: 'make-runbook', id: version }, label: 'Make a runbook', style: 'plain' }],
      },
    ],
  };
}
