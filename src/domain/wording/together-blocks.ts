import type { ListedCheck } from '../approval/check-list.ts';
import type { Block } from '../reply.ts';
import type { Round } from '../run/step.ts';
import { formatDuration } from './format.ts';
import { givenBlocks } from './given-blocks.ts';
import { hostText } from './host-text.ts';
import type { StepView } from './step-card.ts';
import { retryText } from './try-text.ts';

/** What a yes to all covers beside the step of the card. Whoever approves all of them sees all of them. */
export function togetherBlocks({ step, run, together }: StepView): readonly Block[] {
  const { checks, againMs } = together;
  if (run.state !== 'active') return [];
  const next = 'These checks come next and only read as well. They can be approved together:';
  return [
    ...(checks.length > 0 ? [{ kind: 'note', line: [next] } as const] : []),
    ...checks.flatMap((check) => checkBlocks(check, step.round)),
    ...(againMs === null ? [] : [{ kind: 'note', line: [againText(checks.length, againMs)] } as const]),
  ];
}

/** The label of the button for all of it; undefined when there is nothing beside the step itself. */
export function togetherLabel({ checks, againMs }: StepView['together']): string | undefined {
  if (checks.length > 0) return `Approve all ${checks.length + 1} checks`;
  return againMs === null ? undefined : 'Approve, and again at the end';
}

function againText(others: number, againMs: number): string {
  const [yes, what] = others > 0 ? ['A yes to all', 'them'] : ['A yes for now and the end', 'this check'];
  return `${yes} also lets ${what} run once more after the changes, the same on the same hosts, to show what differs: for ${formatDuration(againMs)}, and only if something is changed.`;
}

function checkBlocks({ number, host, command, given, retry }: ListedCheck, round: Round): readonly Block[] {
  return [
    {
      kind: 'text',
      line: [
        `${round === 1 ? 'Check again' : 'Step'} ${number} on `,
        { kind: 'code', text: hostText(host) },
        retry === null ? '' : `, ${retryText(retry)}`,
      ],
    },
    { kind: 'code', role: 'command', text: command },
    ...givenBlocks(given),
  ];
}
