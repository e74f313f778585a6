import type { RecommendationId, RunId } from '../ids.ts';
import type { Verdict } from '../learning/verdict.ts';
import type { Block, Button, Reply } from '../reply.ts';
import { oneLine } from './format.ts';

export interface VerdictView {
  readonly recommendationId: RecommendationId;
  readonly title: string;
  /** How the run ended, as a sentence; empty for a case, which is not run. */
  readonly ending: string;
  /** The thread that the card stands in. */
  readonly thread: string;
  /** The run that could be undone from here; null when there is nothing to undo. */
  readonly undoable: RunId | null;
  readonly comments: readonly { readonly name: string; readonly text: string }[];
  readonly votes: readonly { readonly name: string; readonly verdict: Verdict }[];
}

const labels = { worked: '👍', partly: '🤔', failed: '👎' } as const satisfies Record<Verdict, string>;

/** "Did this solve it?", with who said what so far. */
export function verdictCard(view: VerdictView): Reply {
  const { recommendationId: id, title, ending, votes, comments } = view;
  const said = votes.map(({ name, verdict }) => `${labels[verdict]} ${name}`).join(', ');
  return {
    summary: `Did this solve it? ${title}`,
    tone: votes.some(({ verdict }) => verdict === 'worked') ? 'good' : 'waiting',
    blocks: [
      { kind: 'heading', text: 'Did this solve it?' },
      { kind: 'text', line: [{ kind: 'bold', text: title }, ending === '' ? '' : `: ${ending}`] },
      ...comments
        .slice(-shownComments)
        .map(({ name, text }): Block => ({ kind: 'text', line: [`💬 ${name}: ${oneLine(text, 300)}`] })),
      { kind: 'buttons', buttons: [...voteButtons(id), ...wordButtons(view)] },
      {
        kind: 'note',
        line: [
          said === ''
            ? 'One vote a person; press another to change yours.'
            : `Votes: ${said}. Press another to change yours.`,
        ],
      },
    ],
  };
}

const shownComments = 5;

const voteButtons = (id: RecommendationId): readonly Button[] => [
  { action: { verb: 'worked', id }, label: '👍 Yes', style: 'primary' },
  { action: { verb: 'partly', id }, label: '🤔 Partly', style: 'plain' },
  { action: { verb: 'failed', id }, label: '👎 No', style: 'plain' },
];

const wordButtons = ({ recommendationId, thread, undoable }: VerdictView): readonly Button[] => [
  { action: { verb: 'comment', id: recommendationId }, label: '💬 Comment', style: 'plain' },
  { action: { verb: 'save-case', id: thread }, label: 'Save as case', style: 'plain' },
  ...(undoable === null
    ? []
    : [{ action: { verb: 'rollback', id: undoable }, label: 'Roll back', style: 'plain' } as const]),
];
