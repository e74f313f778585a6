import type { KnownBlock } from '@slack/types';
import type { Block, Reply } from '#domain/reply.ts';
import { shorterVersions, shortSummary } from '#domain/shortening/shorter-versions.ts';
import { toneWords } from '#domain/wording/tone-words.ts';
import { limits } from '../limits.ts';
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

/** The reply with its texts cut as little as there is need, and a note that says so; see `shorterVersions`. */
export function drawShortened(reply: Reply, room: Room, note: string): readonly KnownBlock[] {
  const versions = shorterVersions(reply, { note, rowButtons: limits.actionsElements });
  const fitting = versions.map((blocks) => draw(reply.tone, blocks, room));
  return fitting.find((blocks) => blocks !== undefined) ?? drawBlock(shortSummary(reply));
}

function draw(tone: Reply['tone'], blocks: readonly Block[], room: Room): readonly KnownBlock[] | undefined {
  const words = toneWords[tone];
  const badge: readonly Block[] = words ? [{ kind: 'note', line: [`${words.sign} ${words.word}`] }] : [];
  const drawn = [...badge, ...blocks].flatMap(drawBlock);
  const bytes = Buffer.byteLength(JSON.stringify(drawn));
  return drawn.length <= room.blocks && bytes <= room.bytes ? drawn : undefined;
}
