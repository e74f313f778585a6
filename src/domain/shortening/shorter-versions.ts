import { approvingVerbs } from '../action.ts';
import { type Block, type Button, isApproved, type Reply } from '../reply.ts';
import { tooLong } from '../wording/too-long.ts';
import { clipBlock, clipLine } from './clip-block.ts';

/** What says that something is missing, and how many buttons stand in one row of the platform. */
export interface Shortening {
  readonly note: string;
  readonly rowButtons: number;
}

/**
 * The blocks of a reply for a platform without room for all of it, longest first, each with a note that says so. The
 * first that fits is the one to show. Whoever sees a button that approves also sees whole every command and every fact,
 * such as host, risk and rollback: the last version, where they have no room, has no such button.
 */
export function* shorterVersions(
  reply: Reply,
  { note, rowButtons }: Shortening,
): Generator<readonly Block[], void> {
  const notice: Block = { kind: 'note', line: [note] };
  const whole = reply.blocks.some(approves) ? isDecidedOn : isCommand;
  const cut = (max: number) => reply.blocks.map((block) => (whole(block) ? block : clipBlock(block, max)));
  for (const max of [1000, 300, 100]) yield [...cut(max), notice];
  for (const share of [0.8, 0.6, 0.4, 0.2, 0]) yield [...leadingOf(cut(100), share, whole), notice];
  const refusal = reply.blocks.some(whole) ? [tooLongToDecide] : [];
  yield [shortSummary(reply), ...refusal, notice, ...withoutApproval(reply.blocks, rowButtons)];
}

/** The summary alone, which has room everywhere. */
export function shortSummary({ summary }: Reply): Block {
  return { kind: 'text', line: clipLine([{ kind: 'bold', text: summary }], 300) };
}

/** A share of the blocks from the top, and with it all buttons and what has to stay. */
const leadingOf = (
  blocks: readonly Block[],
  share: number,
  stays: (block: Block) => boolean,
): readonly Block[] =>
  blocks.filter((block, index) => index < blocks.length * share || block.kind === 'buttons' || stays(block));

const isCommand = (block: Block): boolean => block.kind === 'code' && isApproved(block.role);
const isDecidedOn = (block: Block): boolean => block.kind === 'fields' || isCommand(block);
const approves = (block: Block): boolean => block.kind === 'buttons' && block.buttons.some(saysYes);

const saysYes = ({ action }: Button): boolean => approvingVerbs.some((verb) => verb === action.verb);

const tooLongToDecide: Block = { kind: 'text', line: [tooLong.command] };

function withoutApproval(blocks: readonly Block[], most: number): readonly Block[] {
  const buttons = blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .filter((button) => !saysYes(button))
    .slice(0, most);
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}
