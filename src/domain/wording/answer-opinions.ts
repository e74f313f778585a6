import type { PostId } from '../ids.ts';
import type { Block, Button, Reply } from '../reply.ts';
import { commentsBlocks, type VerdictView, votesText } from './verdict-card.ts';

/** What people say of an answer as a whole. */
type Opinions = Pick<VerdictView, 'votes' | 'comments'>;

/** The end of an answer that shows nothing to use: whether that was right, and what would have been. */
export function opinionBlocks(post: PostId, { votes, comments }: Opinions): readonly Block[] {
  const lead = votes.length === 0 ? 'Was that right? ' : '';
  return [
    { kind: 'buttons', buttons: opinionButtons(post) },
    { kind: 'note', line: [`${lead}${votesText({ votes, resolvedInMs: null })}`] },
    ...commentsBlocks(comments),
  ];
}

const opinionButtons = (id: PostId): readonly Button[] => [
  { action: { verb: 'worked', id }, label: '👍 Yes', style: 'plain' },
  { action: { verb: 'partly', id }, label: '🤔 Partly', style: 'plain' },
  { action: { verb: 'failed', id }, label: '👎 No', style: 'plain' },
  { action: { verb: 'comment', id }, label: '💬 Comment', style: 'plain' },
];

/** The same card with what is said of it by now; undefined for one that does not show that. */
export function withOpinions(reply: Reply, post: PostId, opinions: Opinions): Reply | undefined {
  const start = reply.blocks.findIndex(
    (block) =>
      block.kind === 'buttons' &&
      block.buttons.some(({ action }) => action.verb === 'comment' && action.id === post),
  );
  if (start < 0) return undefined;
  return { ...reply, blocks: [...reply.blocks.slice(0, start), ...opinionBlocks(post, opinions)] };
}
