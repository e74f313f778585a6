import { articleOf } from '../person.ts';
import type { Terms } from '../policy/policy.ts';
import type { Block, Reply } from '../reply.ts';
import type { Verdict } from '../risk/risk.ts';
import type { Retry } from '../run/retry.ts';
import type { Given } from '../runbook/given.ts';
import type { StepKind } from '../runbook/runbook.ts';
import { givenBlocks } from './given-blocks.ts';
import { retryText } from './try-text.ts';

/** One step of a run as it would be proposed, or why it could not be. */
export interface PreviewedStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly outcome:
    | {
        readonly kind: 'proposed';
        /** The host, or the group with the order of its hosts. */
        readonly place: string;
        readonly commands: readonly { readonly command: string; readonly hosts: readonly string[] }[];
        readonly given: Given;
        readonly retry: Retry | null;
        readonly verdict: Verdict;
        readonly terms: Terms;
        /** Why nothing may be changed now, as a sentence; null while it may. */
        readonly closed: string | null;
      }
    | { readonly kind: 'refused'; readonly why: string };
}

/** Everything that a run would do with its values as they are, for one person alone; nothing of it happens. */
export function previewCard(title: string, steps: readonly PreviewedStep[]): Reply {
  const forward = steps.filter(({ kind }) => kind !== 'rollback');
  const back = steps.filter(({ kind }) => kind === 'rollback');
  return {
    summary: `Preview of ${title}: ${forward.length} steps. Nothing runs.`,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: `Preview: ${title}` },
      { kind: 'note', line: ['Nothing of this has run, and nothing does before its approval.'] },
      ...forward.flatMap((step, index) => stepBlocks(step, `${index + 1} of ${forward.length}`)),
      ...(back.length > 0 ? [{ kind: 'divider' } as const] : []),
      ...back.flatMap((step, index) => stepBlocks(step, `Rollback ${index + 1} of ${back.length}`)),
    ],
  };
}

function stepBlocks({ kind, title, outcome }: PreviewedStep, number: string): readonly Block[] {
  const name: Block = { kind: 'text', line: [{ kind: 'bold', text: `${number}, ${kind}: ` }, title] };
  if (outcome.kind === 'refused')
    return [name, { kind: 'note', line: [`Could not be proposed: ${outcome.why}`] }];
  const { place, commands, given, retry, verdict, terms, closed } = outcome;
  const now = closed === null ? '' : ` ${closed}`;
  const tries = retry === null ? '' : ` Tried ${retryText(retry)}.`;
  const note = `On ${place}. ${verdict.risk}: ${verdict.why}.${tries} ${approvalText(terms)}${now}`;
  return [name, ...commands.flatMap(commandOn), ...givenBlocks(given), { kind: 'note', line: [note] }];
}

type Commands = Extract<PreviewedStep['outcome'], { kind: 'proposed' }>['commands'];

/** Of a group, with the hosts that it is for. */
const commandOn = ({ command, hosts }: Commands[number]): readonly Block[] => [
  ...(hosts.length > 1 ? [{ kind: 'note', line: [`${hosts.join(', ')}:`] } as const] : []),
  { kind: 'code', role: 'command', text: command },
];

function approvalText({ approve, approvals }: Terms): string {
  if (approve === 'nobody') return 'The policy lets nobody approve it.';
  return approvals > 1 ? `Needs ${approvals} ${approve}s.` : `Needs ${articleOf(approve)} ${approve}.`;
}
