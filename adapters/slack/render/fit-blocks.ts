import type { KnownBlock } from '@slack/types';
import type { Block, Reply } from '#domain/reply.ts';
import { toneWords } from '#domain/wording/tone-words.ts';
import { tooLong } from '#domain/wording/too-long.ts';
import { limits } from '../limits.ts';
import { clipBlock, clipLine } from './clip-block.ts';
import { drawBlock } from './draw-block.ts';

/** How much one surface takes. */
export interface Room {
  readonly blocks: number;
  /** Of the blocks as JSON. */
  readonly bytes: number;
}

/** The whole reply, or undefined when there is no room for it. */
export function drawWhole(reply: Reply, room: Room): readonly KnownBlock[] | undefined {
  return draw(reply.tone, reply.blocks, room);
}

/**
 * The reply with its texts cut as little as there is need, and a note that says so. Whoever sees a button that
 * approves also sees whole every command and every fact, such as host, risk and rollback: where they have no room, that
 * button goes.
 */
export function drawShortened(reply: Reply, room: Room, note: string): readonly KnownBlock[] {
  const notice: Block = { kind: 'note', line: [note] };
  const summary: Block = { kind: 'text', line: clipLine([{ kind: 'bold', text: reply.summary }], 300) };
  const whole = reply.blocks.some(approves) ? isDecidedOn : isCommand;
  const cut = (max: number) => reply.blocks.map((block) => (whole(block) ? block : clipBlock(block, max)));
  const candidates = [
    ...[1000, 300, 100].map((max) => [...cut(max), notice]),
    ...[0.8, 0.6, 0.4, 0.2, 0].map((share) => [...leadingOf(cut(100), share, whole), notice]),
    [summary, ...refusal(reply.blocks.some(whole)), notice, ...withoutApproval(reply.blocks)],
  ];
  const fitting = candidates.values().map((blocks) => draw(reply.tone, blocks, room));
  return fitting.find((blocks) => blocks !== undefined) ?? drawBlock(summary);
}

/** A share of the blocks from the top, and with it all buttons and what has to stay. */
const leadingOf = (
  blocks: readonly Block[],
  share: number,
  stays: (block: Block) => boolean,
): readonly Block[] =>
  blocks.filter((block, index) => index < blocks.length * share || block.kind === 'buttons' || stays(block));

const isCommand = (block: Block): boolean => block.kind === 'code' && block.role === 'command';
const isDecidedOn = (block: Block): boolean => block.kind === 'fields' || isCommand(block);
const approves = (block: Block): boolean =>
  block.kind === 'buttons' && block.buttons.some(({ action }) => action.verb === 'approve');

const refusal = (needed: boolean): readonly Block[] =>
  needed ? [{ kind: 'text', line: [tooLong.command] }] : [];

/** As many as one row takes. */
function withoutApproval(blocks: readonly Block[]): readonly Block[] {
  const buttons = blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .filter(({ action }) => action.verb !== 'approve')
    .slice(0, limits.actionsElements);
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}

function draw(tone: Reply['tone'], blocks: readonly Block[], room: Room): readonly KnownBlock[] | undefined {
  const words = toneWords[tone];
  const badge: readonly Block[] = words ? [{ kind: 'note', line: [`${words.sign} ${words.word}`] }] : [];
  const drawn = [...badge, ...blocks].flatMap(drawBlock);
  const bytes = Buffer.byteLength(JSON.stringify(drawn));
  return drawn.length <= room.blocks && bytes <= room.bytes ? drawn : undefined;
}
