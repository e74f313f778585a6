import type { HomeView, KnownBlock } from '@slack/types';
import type { PostFile, Reply } from '#domain/reply.ts';
import { filesAsOutput } from '#domain/shortening/files-as-output.ts';
import { filesOf } from '#domain/shortening/files-of.ts';
import { writeMisleading } from '#domain/text/hidden-characters.ts';
import { replyText } from '#domain/wording/reply-text.ts';
import { tooLong } from '#domain/wording/too-long.ts';
import { limits } from '../limits.ts';
import { drawBlock } from './draw-block.ts';
import { drawShortened, drawWhole, type Room } from './fit-blocks.ts';
import { cutEscaped, escapeControl } from './plain-text.ts';

export interface RenderedReply {
  /** For notifications and screen readers; escaped. */
  readonly text: string;
  /** Never empty, and within Slack's limits. */
  readonly blocks: KnownBlock[];
}

export interface RenderedPost extends RenderedReply {
  /** To be uploaded into the thread: what the reply gives as files, and the whole of it where it had to be shortened. */
  readonly files: readonly PostFile[];
}

const message: Room = { blocks: limits.messageBlocks, bytes: limits.messageBytes };
const home: Room = { blocks: limits.viewBlocks, bytes: limits.viewBytes };
const wholeName = 'whole-message.txt';

/** A reply as a new message, which can bring files. */
export function renderPost(reply: Reply): RenderedPost {
  const files = filesOf(reply);
  const text = notificationText(reply.summary);
  const whole = drawWhole(reply, message);
  if (whole !== undefined) return { text, blocks: orSummary(whole, reply), files };
  const blocks = orSummary(drawShortened(reply, message, tooLong.shortened(wholeName)), reply);
  return { text, blocks, files: [...files, { kind: 'file', name: wholeName, text: replyText(reply) }] };
}

/** A reply where no file can be: an edit, a notice, an answer to a command. Files stand in it as output. */
export function renderReply(reply: Reply): RenderedReply {
  return { text: notificationText(reply.summary), blocks: drawInto(reply, message) };
}

/** A reply as somebody's App Home. */
export function renderHome(reply: Reply): HomeView {
  return { type: 'home', blocks: drawInto(reply, home) };
}

function drawInto(given: Reply, room: Room): KnownBlock[] {
  const reply = filesAsOutput(given);
  const drawn = drawWhole(reply, room) ?? drawShortened(reply, room, tooLong.shortenedWithoutFile);
  return orSummary(drawn, reply);
}

const orSummary = (blocks: readonly KnownBlock[], { summary }: Reply): KnownBlock[] =>
  blocks.length > 0 ? [...blocks] : [...drawBlock({ kind: 'note', line: [summary.slice(0, 200) || '–'] })];

/** Bytes of a character are at most three, so a third of the limit always fits. */
function notificationText(summary: string): string {
  const max = Math.floor(limits.updateText / 3);
  const escaped = escapeControl(writeMisleading(summary));
  return escaped.length > max ? cutEscaped(escaped, max) : escaped;
}
