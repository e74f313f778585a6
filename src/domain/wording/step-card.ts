import type { CheckList } from '../approval/check-list.ts';
import type { Host } from '../host.ts';
import { articleOf, type Person } from '../person.ts';
import type { Terms } from '../policy/policy.ts';
import type { Block, Line, Reply, Tone } from '../reply.ts';
import type { FanOutView } from '../run/fan-out-view.ts';
import type { Run } from '../run/run.ts';
import type { Step, StepState } from '../run/step.ts';
import {
  commandBlocks,
  commandsByHost,
  doneText,
  hostBlocks,
  orderText,
  whereText,
} from './fan-out-blocks.ts';
import { formatBytes, formatTime } from './format.ts';
import { givenBlocks } from './given-blocks.ts';
import { hostText } from './host-text.ts';
import { lingerBlocks } from './linger-text.ts';
import { lastLines, shownLines, shownWhole, wholeOutput } from './output-file.ts';
import { stepButtons } from './step-buttons.ts';
import { togetherBlocks } from './together-blocks.ts';
import { expectedText, tryBlocks } from './try-blocks.ts';
import { tryText } from './try-text.ts';

/** All that a step's card shows. */
export interface StepView {
  readonly step: Step;
  readonly run: Run;
  /** Of a step over a group: its canary. */
  readonly host: Host;
  /** The hosts to go through, outermost first; null when one of them left the inventory. */
  readonly jumps: readonly Host[] | null;
  /** Null for a step on one host. */
  readonly fanOut: FanOutView | null;
  readonly runbookTitle: string;
  /** 1-based place among the steps of the run, and how many there are. */
  readonly number: number;
  readonly count: number;
  readonly requestedBy: Person;
  readonly decisions: readonly {
    readonly person: Person;
    readonly decision: 'approved' | 'rejected' | 'skipped';
  }[];
  /** The same step was proposed again after this one. */
  readonly isReplaced: boolean;
  /** Last lines of output while it runs. */
  readonly liveOutput: string;
  /** Commands that would undo the run, for the person who decides. */
  readonly rollback: readonly string[];
  /** Its author asked for retries, which are for what only reads. */
  readonly isRetryRefused: boolean;
  /** Something was changed that a rollback section could undo. */
  readonly mayTurnBack: boolean;
  /** Names of the hosts on which this change, or one that it has to wait for, may still be at work unseen. */
  readonly lingering: readonly string[];
  /** What can be approved with this step as one decision; often nothing. */
  readonly together: CheckList;
  /** What the policy asks for now. */
  readonly terms: Terms;
  /** Why nothing may be changed now, as a sentence; null while it may. */
  readonly closed: string | null;
  /** Why the card cannot show what would run, as a sentence; null when it does. */
  readonly unshowable: string | null;
}

const tones = {
  proposed: 'waiting',
  approved: 'active',
  claimed: 'active',
  running: 'active',
  succeeded: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  cancelled: 'bad',
  'cancel-unconfirmed': 'bad',
  unknown: 'bad',
  rejected: 'plain',
  expired: 'plain',
  skipped: 'plain',
} as const satisfies Record<StepState, Tone>;

/** One step, in any state; the same card is edited from proposal to end. */
export function stepCard(view: StepView): Reply {
  const { step } = view;
  const label = labelOf(view);
  const commands: readonly Block[] = [...commandBlocks(view), ...givenBlocks(step.given), ...tryBlocks(step)];
  const progress: readonly Block[] = [
    { kind: 'text', line: status(view) },
    ...hostBlocks(view),
    ...lingerBlocks(view),
  ];
  return {
    summary: `${label}: ${statusText(view)}`,
    tone: tones[step.state],
    blocks: [
      { kind: 'heading', text: `${label}: ${step.title}` },
      { kind: 'fields', fields: facts(view) },
      ...(leadsWithHosts(view) ? [...progress, ...commands] : [...commands, ...progress]),
      ...outputBlocks(view),
      ...togetherBlocks(view),
      ...stepButtons(view),
    ],
  };
}

/** Once it is decided on, what becomes of each host is what people look for: it is not left below a command for each. */
const leadsWithHosts = ({ step, fanOut }: StepView): boolean =>
  step.state !== 'proposed' && commandsByHost(fanOut?.targets ?? []).length > 1;

const labelOf = ({ step, number, count }: StepView): string =>
  `${step.round === 1 ? 'Check again' : 'Step'} ${number} of ${count}`;

function facts({ step, host, fanOut, runbookTitle, rollback, isRetryRefused }: StepView) {
  const facts: { name: string; value: Line }[] = [
    { name: 'Runbook', value: [runbookTitle] },
    ...placeFacts(host, fanOut),
    { name: 'Risk', value: [{ kind: 'bold', text: step.risk }, `: ${step.riskWhy}`] },
    { name: 'Expected', value: [expectedText(step, isRetryRefused)] },
  ];
  if (step.risk !== 'read-only' && rollback.length > 0)
    facts.push({
      name: 'Rollback',
      value: rollback.flatMap((command): Line => [{ kind: 'code', text: command }, ' ']),
    });
  return facts;
}

function placeFacts(host: Host, fanOut: FanOutView | null): readonly { name: string; value: Line }[] {
  if (fanOut === null) return [{ name: 'Host', value: [{ kind: 'code', text: hostText(host) }] }];
  return [
    { name: 'Hosts', value: [{ kind: 'bold', text: whereText(host, fanOut) }] },
    { name: 'Order', value: [orderText(fanOut)] },
  ];
}

/** The one sentence that says where the step stands and what happens next. */
function status(view: StepView): Line {
  const { step } = view;
  if (step.state === 'proposed') {
    const closed = [view.closed, view.unshowable].flatMap((why) => (why === null ? [] : ` ${why}`)).join('');
    return ['⏳ ', waitingFor(view), closed, ` Expires ${formatTime(step.expiresAt)}.`];
  }
  const tried = step.tries.length === 0 ? '' : ` This ${step.result ? 'was' : 'is'} ${tryText(step)}.`;
  const far = step.state === 'running' && view.fanOut ? ` ${doneText(view.fanOut)} so far.` : '';
  const why = step.result ? ` ${step.result.why}` : far;
  return [{ kind: 'bold', text: statusText(view) }, ...(why + tried === '' ? [] : [why + tried])];
}

/** Who may decide, said so that the requester knows whether it can be they. */
export function waitingFor({ requestedBy, decisions, terms }: StepView): string {
  const { approve, approvals, requesterApproves } = terms;
  if (approve === 'nobody') return 'The policy lets nobody approve this.';
  const given = decisions.filter(({ decision }) => decision === 'approved').map(({ person }) => person.name);
  const so = given.length > 0 ? ` Approved so far by ${given.join(', ')}.` : '';
  const others = requesterApproves ? '' : ` other than ${requestedBy.name}`;
  if (approvals > 1) return `Waits for ${approvals} different ${approve}s${others}.${so}`;
  const purpose = requesterApproves ? ' to approve it' : '';
  return `Waits for ${articleOf(approve)} ${approve}${others}${purpose}.`;
}

function statusText({ step, run, terms, decisions, isReplaced, lingering }: StepView): string {
  const mayChoose = run.state === 'active' && step.chosenAt === null;
  const namesOf = (wanted: StepView['decisions'][number]['decision']): string =>
    decisions.flatMap(({ person, decision }) => (decision === wanted ? [person.name] : [])).join(' and ');
  // What nobody approved and runs all the same is what the policy lets run by itself.
  const by = namesOf('approved') || 'the policy';
  const texts = {
    proposed: 'waits for approval',
    approved: `approved by ${by}; it runs when its turn comes.`,
    claimed: `approved by ${by}, connecting to the host.`,
    running: `running, approved by ${by}.`,
    succeeded: `✅ succeeded, approved by ${by}.`,
    failed: `❌ failed, approved by ${by}.`,
    'timed-out': `❌ timed out, approved by ${by}.`,
    cancelled: '⏹ cancelled.',
    'cancel-unconfirmed': `⚠️ ended without the host confirming it${lingering.length === 0 ? '.' : ': it may still run there.'}`,
    unknown: `⚠️ unknown: Recourse lost sight of it. It is not run again by itself; look at the host${mayChoose ? ', then choose' : ''}.`,
    rejected: step.result
      ? 'refused; it did not run.'
      : `rejected by ${namesOf('rejected')}; it did not run.`,
    expired: expiredText(decisions, terms),
    skipped: isReplaced ? replaced : skippedText(namesOf('skipped')),
  } as const satisfies Record<StepState, string>;
  return texts[step.state];
}

/** What had all its approvals waited for a change on its host to end, or for the steps before it. */
function expiredText(decisions: StepView['decisions'], { approvals }: Terms): string {
  const yes = decisions.flatMap(({ person, decision }) => (decision === 'approved' ? [person.name] : []));
  return yes.length > 0 && yes.length >= approvals
    ? `approved by ${yes.join(' and ')}, but its turn did not come in time; it did not run.`
    : 'expired before it was approved; it did not run.';
}

const replaced = 'replaced by the same step with other values, see below; it did not run.';

/** Nobody skipped a step that was taken back when its run was stopped. */
const skippedText = (by: string): string =>
  by === '' ? 'withdrawn with the run; it did not run.' : `skipped by ${by}; it did not run.`;

function outputBlocks({ step, liveOutput }: StepView): readonly Block[] {
  if (step.state === 'running' && liveOutput !== '')
    return [{ kind: 'code', role: 'output', text: liveOutput }];
  if (!step.result) return [];
  const text = wholeOutput(step.result);
  if (text === '') return [];
  const size = formatBytes(step.result.stdoutBytes + step.result.stderrBytes);
  const note: Block = { kind: 'note', line: [`Last lines of ${size}; the rest is a file in this thread.`] };
  return [
    { kind: 'code', role: 'output', text: lastLines(text, shownLines) },
    ...(shownWhole(text) ? [] : [note]),
  ];
}
