import type { DecisionAnswer } from '../approval/may-decide.ts';
import type { Person } from '../person.ts';
import type { Reply, Tone } from '../reply.ts';
import type { StepState } from '../run/step.ts';

/** A short reply without buttons. */
export function notice(text: string, tone: Tone = 'plain'): Reply {
  return { summary: text, tone, blocks: [{ kind: 'text', line: [text] }] };
}

/** Why this person's decision did not count, and who can decide. */
export function deniedNotice(
  answer: Exclude<DecisionAnswer, { kind: 'allowed' }>,
  approvers: readonly Pick<Person, 'name' | 'externalId'>[],
): Reply {
  return notice(`${whyDenied(answer)} ${whoCan(approvers)}`);
}

/** Somebody who never wrote here is known by the platform's id alone, which tells nobody anything: they are counted. */
function whoCan(approvers: readonly Pick<Person, 'name' | 'externalId'>[]): string {
  if (approvers.length === 0) return noApprover;
  const known = approvers.filter(({ name, externalId }) => name !== externalId).map(({ name }) => name);
  const named = known.slice(0, mostNamed);
  const others = approvers.length - named.length;
  if (named.length === 0)
    return others === 1
      ? 'One person can, who has not written here yet.'
      : `${others} people can, who have not written here yet.`;
  return `These people can: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}

function whyDenied(answer: Exclude<DecisionAnswer, { kind: 'allowed' }>): string {
  switch (answer.kind) {
    case 'is-requester':
      return 'You asked for this run, so somebody else must approve its changes.';
    case 'no-member':
      return 'Only full members of this workspace approve steps.';
    case 'nobody':
      return 'The policy lets nobody approve this.';
    case 'needs-role':
      return `This needs the role ${answer.role} or higher.`;
  }
}

/** A role that is bound to a channel may be everybody's. */
const mostNamed = 10;
const noApprover =
  'Nobody here can yet: an administrator must be named with RECOURSE_ADMINS, or give roles with /recourse role.';

/** Nothing may be changed now; undefined while it may. */
export function closedNotice({ closed }: { readonly closed: string | null }): Reply | undefined {
  if (closed === null) return undefined;
  return notice(`${closed} Nothing was approved; what only reads can still be run.`);
}

/** The card cannot show what would run; undefined when it does. */
export function unshowableNotice({ unshowable }: { readonly unshowable: string | null }): Reply | undefined {
  if (unshowable === null) return undefined;
  return notice(`${unshowable} Nothing was approved. ${insteadOfSecret}`);
}

/** What to do about a secret in a command. */
export const insteadOfSecret =
  'Skip the step or stop the run, store the secret, and name it in the step (docs/secrets.md).';

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
