import type { DecisionAnswer } from '../approval/may-decide.ts';
import type { Reply, Tone } from '../reply.ts';
import type { StepState } from '../run/step.ts';

/** A short reply without buttons. */
export function notice(text: string, tone: Tone = 'plain'): Reply {
  return { summary: text, tone, blocks: [{ kind: 'text', line: [text] }] };
}

/** Why this person's decision did not count, and who can decide. */
export function deniedNotice(
  answer: Exclude<DecisionAnswer, { kind: 'allowed' }>,
  approvers: readonly string[],
): Reply {
  const more = approvers.length > mostNamed ? ` and ${approvers.length - mostNamed} more` : '';
  const named = approvers.slice(0, mostNamed).join(', ');
  const who = approvers.length > 0 ? `These people can: ${named}${more}.` : noApprover;
  return notice(`${whyDenied(answer)} ${who}`);
}

function whyDenied(answer: Exclude<DecisionAnswer, { kind: 'allowed' }>): string {
  switch (answer.kind) {
    case 'is-requester':
      return 'You asked for this run, so somebody else must approve its changes.';
    case 'no-member':
      return 'Only full members of this workspace approve steps.';
    case 'needs-role':
      return `This needs the role ${answer.role} or higher.`;
  }
}

/** A role that is bound to a channel may be everybody's. */
const mostNamed = 10;
const noApprover =
  'Nobody here can yet: an administrator must be named with RECOURSE_ADMINS, or give roles with /recourse role.';

/** The second click is told who was first. */
export function alreadyDecidedNotice(state: StepState, by: readonly string[]): Reply {
  const who = by.length > 0 ? ` (${by.join(', ')})` : '';
  return notice(`Already decided${who}: this step is ${state}. Your click changed nothing.`);
}

/** What the bot says to a greeting or a call for help. */
export function helpReply(): Reply {
  return {
    summary: 'Describe a problem and Recourse answers with ranked runbooks and past fixes.',
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [
          { kind: 'bold', text: 'Describe what is wrong' },
          ' in a message of its own, with the host and the error as you see it.',
        ],
      },
      {
        kind: 'list',
        items: [
          ['I answer in the thread with at most three solutions and how often each one worked.'],
          [
            { kind: 'bold', text: 'Use' },
            ' proposes the steps one by one; each waits for the approval that its risk needs.',
          ],
          ['Say 👍, 🤔 or 👎 at the end: it changes what is shown first next time.'],
        ],
      },
    ],
  };
}
