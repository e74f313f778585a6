import type { APIEmbed } from 'discord.js';
import type { Block, Reply, Tone } from '#domain/reply.ts';
import { shorterVersions } from '#domain/shortening/shorter-versions.ts';
import { toneWords } from '#domain/wording/tone-words.ts';
import { limits } from '../limits.ts';
import { drawBlock } from './draw-block.ts';
import { type ButtonRow, drawButtons } from './draw-buttons.ts';
import { drawContent, repeatsContent } from './draw-content.ts';
import { embedSize, packEmbeds } from './pack-embeds.ts';

/** The visible part of a message. */
export interface Drawn {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly ButtonRow[];
}

/** The whole reply, or undefined when a message has no room for it. */
export function drawWhole(reply: Reply): Drawn | undefined {
  return draw(reply, reply.blocks);
}

/** The reply with its texts cut as little as there is need, and a note that says so; see `shorterVersions`. */
export function drawShortened(reply: Reply, note: string): Drawn {
  const versions = shorterVersions(reply, { note, rowButtons: limits.rowButtons });
  const fitting = versions.map((blocks) => draw(reply, blocks)).find((drawn) => drawn !== undefined);
  return fitting ?? { content: drawContent(reply, []), embeds: [], components: [] };
}

/** The colour of each tone, which its sign and word say as well. */
const colours: Readonly<Record<Tone, number | undefined>> = {
  plain: undefined,
  waiting: 0xf0b232,
  active: 0x5865f2,
  good: 0x23a55a,
  bad: 0xf23f43,
};

function draw(reply: Reply, blocks: readonly Block[]): Drawn | undefined {
  const pieces = blocks.filter((block) => !repeatsContent(reply, block)).flatMap(drawBlock);
  const packed = packEmbeds(pieces);
  const components = drawButtons(blocks);
  if (packed === undefined || components === undefined) return undefined;
  const embeds = addTone(reply.tone, packed);
  if (embedSize(embeds) > limits.embedTotal) return undefined;
  return { content: drawContent(reply, blocks), embeds, components };
}

/** The word stands above the first embed, where Discord reads no Markdown; alone when the content says all. */
function addTone(tone: Tone, embeds: readonly APIEmbed[]): readonly APIEmbed[] {
  const [words, color] = [toneWords[tone], colours[tone]];
  if (words === undefined || color === undefined) return embeds;
  const [first, ...others] = embeds;
  const author = { name: `${words.sign} ${words.word}` };
  return [{ author, ...first }, ...others].map((embed) => ({ color, ...embed }));
}
