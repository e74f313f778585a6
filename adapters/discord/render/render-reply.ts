import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { PostFile, Reply } from '#domain/reply.ts';
import { filesAsOutput } from '#domain/shortening/files-as-output.ts';
import { filesOf } from '#domain/shortening/files-of.ts';
import { replyText } from '#domain/wording/reply-text.ts';
import { tooLong } from '#domain/wording/too-long.ts';
import { limits } from '../limits.ts';
import { isId } from './draw-line.ts';
import { type Drawn, drawShortened, drawWhole } from './fit-message.ts';

/** What goes into a message of Discord: within its limits, and able to mention nobody but whom the reply calls. */
export interface RenderedReply {
  /** The summary, never empty: an edit without one would keep that of before. */
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly allowed_mentions: { readonly parse: []; readonly users?: string[] };
}

export interface RenderedPost extends RenderedReply {
  /** To be attached: what the reply gives as files, and the whole of it where it had to be shortened. */
  readonly files: readonly PostFile[];
}

const wholeName = 'whole-message.txt';
const moreName = 'more-files.txt';

/** A reply as a new message, which can bring files. */
export function renderPost(reply: Reply): RenderedPost {
  const files = filesOf(reply);
  const whole = drawWhole(reply);
  if (whole !== undefined) return { ...calling(asMessage(whole), reply), files: fewFiles(files) };
  const shortened = calling(asMessage(drawShortened(reply, tooLong.shortened(wholeName))), reply);
  return {
    ...shortened,
    files: fewFiles([{ kind: 'file', name: wholeName, text: replyText(reply) }, ...files]),
  };
}

/** A reply where no file can be: an edit, a notice, an answer to a command. Files stand in it as output. */
export function renderReply(given: Reply): RenderedReply {
  const reply = filesAsOutput(given);
  return asMessage(drawWhole(reply) ?? drawShortened(reply, tooLong.shortenedWithoutFile));
}

const asMessage = ({ content, embeds, components }: Drawn): RenderedReply => ({
  content,
  embeds: [...embeds],
  components: [...components],
  allowed_mentions: { parse: [] },
});

/** Names within embeds call nobody, so whoever is called stands before the text; an edit calls nobody either way. */
function calling(message: RenderedReply, { calls = [] }: Reply): RenderedReply {
  const users = calls.filter(isId).slice(0, mostCalled);
  if (users.length === 0) return message;
  const content = `${users.map((id) => `<@${id}>`).join(' ')} ${message.content}`;
  return { ...message, content, allowed_mentions: { parse: [], users } };
}

/** More would not fit beside the text. */
const mostCalled = 12;

/** Discord attaches ten files at most: those over that are one file, each under its name, a picture in words. */
function fewFiles(given: readonly PostFile[]): readonly PostFile[] {
  const files = given.map((file) => ({ ...file, name: safeName(file.name) }));
  if (files.length <= limits.attachments) return files;
  const more = files
    .slice(limits.attachments - 1)
    .map((file) => `${file.name}\n\n${file.kind === 'picture' ? file.alt : file.text}`);
  return [
    ...files.slice(0, limits.attachments - 1),
    { kind: 'file', name: moreName, text: more.join('\n\n') },
  ];
}

/** A name that says nothing but a name: no folder, no line break, nothing that would hide its ending. */
function safeName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(-100);
  return safe.replace(/^[.-]+/, '') || 'file.txt';
}
