import type { RecommendationId, RunId } from '../ids.ts';
import type { Outcome, Said } from '../learning/report.ts';
import type { Verdict } from '../learning/verdict.ts';
import type { Block, Button, Line, Reply } from '../reply.ts';
import { formatAge, oneLine } from './format.ts';

export interface VerdictView {
  readonly recommendationId: RecommendationId;
  readonly title: string;
  /** How the run ended, as a sentence; empty for a case, which is not run. */
  readonly ending: string;
  /** The thread that the card stands in. */
  readonly thread: string;
  /** The run that could be undone from here; null when there is nothing to undo. */
  readonly undoable: RunId | null;
  /** From the opening of the incident until it was said to be solved, ms; null while it is not. */
  readonly resolvedInMs: number | null;
  readonly comments: readonly (Said & { readonly name: string })[];
  readonly votes: readonly { readonly name: string; readonly verdict: Verdict; readonly outcome?: Outcome }[];
}

const labels = { worked: '👍', partly: '🤔', failed: '👎' } as const satisfies Record<Verdict, string>;

/** "Did this solve it?", with who said what so far. */
export function verdictCard(view: VerdictView): Reply {
  const { recommendationId: id, title, ending, votes, comments } = view;
  return {
    summary: `Did this solve it? ${title}`,
    tone: votes.some(({ verdict }) => verdict === 'worked') ? 'good' : 'waiting',
    blocks: [
      { kind: 'heading', text: 'Did this solve it?' },
      { kind: 'text', line: [{ kind: 'bold', text: title }, ending === '' ? '' : `: ${ending}`] },
      ...commentsBlocks(comments),
      { kind: 'buttons', buttons: [...voteButtons(id), ...wordButtons(view)] },
      { kind: 'note', line: [votesText(view)] },
    ],
  };
}

/** The newest of what was said in words. */
export const commentsBlocks = (comments: VerdictView['comments'], most = 5): readonly Block[] =>
  comments.filter(saysMore).slice(-most).flatMap(commentBlocks);

export function votesText({ votes, resolvedInMs }: Pick<VerdictView, 'votes' | 'resolvedInMs'>): string {
  const took = resolvedInMs === null ? '' : ` Resolved in ${formatAge(resolvedInMs)}.`;
  return votes.length === 0
    ? `One vote a person; press another to change yours.${took}`
    : `${votesLine(votes)} Press another to change yours.${took}`;
}

/** Who voted how, as a sentence. */
export function votesLine(votes: VerdictView['votes']): string {
  const said = votes.map(({ name, verdict, outcome }) => {
    // Only 👎 leaves open which of two outcomes is meant.
    const which = verdict === 'failed' && outcome !== undefined ? ` (${outcome})` : '';
    return `${labels[verdict]} ${name}${which}`;
  });
  return `Votes: ${said.join(', ')}.`;
}

/** An outcome alone stands among the votes. */
const saysMore = ({ text, report }: Said): boolean =>
  text !== '' || Object.keys(report).some((part) => part !== 'outcome');

function commentBlocks({ name, text, report }: VerdictView['comments'][number]): readonly Block[] {
  const { accuracy, stars, fixedBy, byHand, missing, better } = report;
  const rated = [accuracy, stars && `${stars} of 5`].filter((part) => part !== undefined).join(', ');
  const by = rated === '' ? name : `${name} (${rated})`;
  const parts = { 'Fixed by': fixedBy, 'Done by hand': byHand, Missing: missing, Better: better };
  const items = Object.entries(parts).flatMap(([label, value]): Line[] =>
    value === undefined ? [] : [[`${label}: ${oneLine(value, 150)}`]],
  );
  return [
    { kind: 'text', line: [text === '' ? `💬 ${by}` : `💬 ${by}: ${oneLine(text, 300)}`] },
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
  ];
}

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
