import type { Reply } from '../reply.ts';
import { notice } from './notices.ts';

/** In place of a card that told what somebody said. */
export function forgottenCard(): Reply {
  return notice('What stood here was deleted at the wish of whoever said it.');
}

export interface Forgotten {
  readonly problems: number;
  readonly comments: number;
  readonly drafts: number;
  readonly cases: number;
}

/** For the person alone. */
export function forgottenNotice({ problems, comments, drafts, cases }: Forgotten): Reply {
  const parts = [
    counted(problems, 'description of a problem', 'descriptions of problems'),
    counted(comments, 'comment', 'comments'),
    counted(drafts, 'draft made from your words', 'drafts made from your words'),
    counted(cases, 'case that was yours alone', 'cases that were yours alone'),
  ].filter((part) => part !== '');
  const summary = parts.length === 0 ? 'I keep no words of yours.' : `Deleted: ${parts.join(', ')}.`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [summary] },
      {
        kind: 'note',
        line: [
          'Your messages stay in the chat until you delete them there. Votes, approvals, runs and what others saved as cases stay, and so does the log of who did what.',
        ],
      },
    ],
  };
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`;
}
