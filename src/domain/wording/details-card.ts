import type { Block, Line, Reply } from '../reply.ts';
import type { Runbook, RunbookStep } from '../runbook/runbook.ts';
import { oneLine } from './format.ts';

const longestLead = 600;

/** All that a runbook would do, to be read before it is used. */
export function detailsCard(runbook: Runbook): Reply {
  const lead: readonly Block[] =
    runbook.lead === '' ? [] : [{ kind: 'text', line: [oneLine(runbook.lead, longestLead)] }];
  const asked = runbook.parameters.map(({ name }) => name).join(', ');
  return {
    summary: `What ${runbook.title} does`,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: runbook.title },
      ...lead,
      { kind: 'list', items: runbook.steps.map(stepLine) },
      {
        kind: 'note',
        line: [
          asked === '' ? 'It asks for nothing.' : `It asks for: ${asked}.`,
          ' Each step waits for an approval; rollback steps are proposed when somebody asks to roll back.',
        ],
      },
    ],
  };
}

const stepLine = ({ kind, title, command }: RunbookStep): Line => [
  { kind: 'bold', text: kind },
  ` ${title} `,
  { kind: 'code', text: command },
];
