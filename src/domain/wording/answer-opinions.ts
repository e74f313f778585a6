import type { PostId, RecommendationId } from '../ids.ts';
import type { Block, Button, Reply } from '../reply.ts';
import { commentsBlocks, type VerdictView, votesLine, votesText } from './verdict-card.ts';

/** What people say of an answer as a whole, or of one of its solutions before it is used. */
type Opinions = Pick<VerdictView, 'votes' | 'comments'>;

/** What an answer shows: several solutions to choose from, or nothing to use. */
type Shows = 'several' | 'none';

/** Buttons of several solutions stand beside these on some platforms, so that no label may be one of theirs. */
const words = {
  none: {
    lead: 'Was that right? ',
    labels: ['👍 Yes', '🤔 Partly', '👎 No', '💬 Comment'],
  },
  several: {
    lead: 'Is what you need among these? ',
    labels: ['👍 It is here', '🤔 Partly', '👎 None fits', '💬 Comment on all'],
  },
} as const satisfies Record<Shows, { lead: string; labels: readonly [string, string, string, string] }>;

const nobody: Opinions = { votes: [], comments: [] };

/** The end of an answer: whether it was right as a whole, and what would have been. */
export function opinionBlocks(
  post: PostId,
  shows: Shows,
  { votes, comments }: Opinions = nobody,
): readonly Block[] {
  const lead = votes.length === 0 ? words[shows].lead : '';
  return [
    { kind: 'buttons', buttons: opinionButtons(post, shows) },
    { kind: 'note', line: [`${lead}${votesText({ votes, resolvedInMs: null })}`] },
    ...commentsBlocks(comments),
  ];
}

function opinionButtons(id: PostId, shows: Shows): readonly Button[] {
  const [worked, partly, failed, comment] = words[shows].labels;
  return [
    { action: { verb: 'worked', id }, label: worked, style: 'plain' },
    { action: { verb: 'partly', id }, label: partly, style: 'plain' },
    { action: { verb: 'failed', id }, label: failed, style: 'plain' },
    { action: { verb: 'comment', id }, label: comment, style: 'plain' },
  ];
}

/** The same card with what is said of it as a whole by now; undefined for one that does not show that. */
export function withOpinions(reply: Reply, post: PostId, opinions: Opinions): Reply | undefined {
  const start = reply.blocks.findIndex((block) => offers(block, 'comment', post));
  if (start < 0) return undefined;
  const shows = reply.blocks.some((block) => offers(block, 'use')) ? 'several' : 'none';
  return { ...reply, blocks: [...reply.blocks.slice(0, start), ...opinionBlocks(post, shows, opinions)] };
}

/** So many comments on a solution stand in the answer, which has to show others too. */
const mostComments = 2;

/** The same card with what is said of one of its solutions by now; undefined for one that does not show that. */
export function withSaid(
  reply: Reply,
  id: RecommendationId,
  { votes, comments }: Opinions,
): Reply | undefined {
  const start = reply.blocks.findIndex((block) => offers(block, 'use', id)) + 1;
  if (start === 0) return undefined;
  const end = reply.blocks.findIndex(
    ({ kind }, index) => index >= start && (kind === 'divider' || kind === 'buttons'),
  );
  const said: readonly Block[] = [
    ...(votes.length === 0 ? [] : [{ kind: 'note', line: [votesLine(votes)] } as const]),
    ...commentsBlocks(comments, mostComments),
  ];
  const after = end < 0 ? [] : reply.blocks.slice(end);
  return { ...reply, blocks: [...reply.blocks.slice(0, start), ...said, ...after] };
}

const offers = (block: Block, verb: Button['action']['verb'], id?: string): boolean =>
  block.kind === 'buttons' &&
  block.buttons.some(({ action }) => action.verb === verb && (id === undefined || action.id === id));
