import type { RecommendationId, VersionId } from '../ids.ts';
import type { Block, Reply } from '../reply.ts';
import { notice } from './notices.ts';

/** In place of a card that told what somebody said. */
export function forgottenCard(): Reply {
  return notice('What stood here was deleted at the wish of whoever said it.');
}

/** A case that is deleted: what named it. */
interface DeletedCase {
  readonly recommendations: readonly RecommendationId[];
  readonly versions: readonly VersionId[];
  readonly titles: readonly string[];
}

const instead = 'a case that was deleted';

/**
 * A card without a case that is deleted. Of an answer the others that it shows stay; a card that is about the case alone is
 * replaced; anywhere else its name is taken out.
 */
export function withoutCase(reply: Reply, { recommendations, versions, titles }: DeletedCase): Reply {
  const isIn = (ids: readonly string[]) => (block: Block) =>
    block.kind === 'buttons' && block.buttons.some(({ action }) => ids.includes(action.id));
  const shown = reply.blocks.findIndex(isIn(recommendations));
  if (shown < 0 && reply.blocks.some(isIn(versions))) return forgottenCard();
  const begin = reply.blocks.findLastIndex(({ kind }, at) => kind === 'divider' && at < shown);
  const isAnswer = shown >= 0 && begin >= 0;
  const blocks = isAnswer ? withoutSection(reply.blocks, begin, shown) : reply.blocks;
  return withoutNames({ ...reply, blocks }, titles);
}

/** From its divider to its buttons, and what people said of it behind them. */
function withoutSection(blocks: readonly Block[], begin: number, buttons: number): readonly Block[] {
  const end = blocks.findIndex(({ kind }, at) => at > buttons && (kind === 'divider' || kind === 'buttons'));
  const gone = {
    kind: 'note',
    line: ['A case that stood here was deleted at the wish of whoever wrote it.'],
  } as const;
  return [...blocks.slice(0, begin + 1), gone, ...(end < 0 ? [] : blocks.slice(end))];
}

function withoutNames(reply: Reply, titles: readonly string[]): Reply {
  const names = titles.filter((title) => title !== '').toSorted((one, other) => other.length - one.length);
  const clean = (text: string) => names.reduce((rest, name) => rest.replaceAll(name, instead), text);
  return JSON.parse(JSON.stringify(reply), (_, value) =>
    typeof value === 'string' ? clean(value) : value,
  ) as Reply;
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
