import type { SolutionId } from '../ids.ts';
import type { Block, Line, Reply } from '../reply.ts';
import { trackRecord } from './solution-blocks.ts';

/** A runbook as a list names it. */
export interface ListedRunbook {
  readonly id: SolutionId;
  readonly slug: string;
  readonly title: string;
  readonly owner: string;
  readonly worked: number;
  readonly tried: number;
  readonly lastWorkedAt: number | null;
}

/** Runbooks with what they did and who keeps them; `isCut` says that there are more. */
export function runbookList(
  runbooks: readonly ListedRunbook[],
  words: readonly string[],
  isCut: boolean,
): Reply {
  const about = words.length > 0 ? ` about ${words.join(' ')}` : '';
  if (runbooks.length === 0) {
    const text = `No runbook${about} is in force.`;
    return { summary: text, tone: 'plain', blocks: [{ kind: 'text', line: [text] }] };
  }
  const title = `Runbooks${about}`;
  const rest = isCut ? ' There are more: add words to narrow it down.' : '';
  return {
    summary: `${title}: ${runbooks.map((one) => one.title).join('; ')}`,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'list', items: runbooks.map(runbookLine) },
      { kind: 'note', line: ['Start one with ', { kind: 'code', text: '/recourse run NAME' }, `.${rest}`] },
    ],
  };
}

function runbookLine(runbook: ListedRunbook): Line {
  return [
    { kind: 'bold', text: runbook.title },
    ' ',
    { kind: 'code', text: runbook.slug },
    ' – ',
    ...trackRecord(runbook),
    `, ${runbook.owner === '' ? 'nobody named' : runbook.owner}`,
  ];
}

/** When a name may mean several runbooks, or none: at most five to choose from, each with its button. */
export function whichRunbookCard(name: string, candidates: readonly ListedRunbook[]): Reply {
  const lead = leadOf(name, candidates.length);
  return {
    summary: lead,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [lead] },
      ...candidates.flatMap((one): readonly Block[] => [
        { kind: 'text', line: runbookLine(one) },
        {
          kind: 'buttons',
          buttons: [{ action: { verb: 'run', id: one.id }, label: 'Start', style: 'plain' }],
        },
      ]),
    ],
  };
}

function leadOf(name: string, found: number): string {
  if (name === '') return 'Which runbook? Write its name after run, or choose one.';
  if (found === 0) return `No runbook is called "${name}". See /recourse runbooks for all of them.`;
  return found === 1
    ? `No runbook is called exactly "${name}". Did you mean this one?`
    : `"${name}" may mean several runbooks. Which one?`;
}
