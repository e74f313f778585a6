import { type APIMessage, RESTJSONErrorCodes as codes, type RawFile, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Place } from '#domain/intent.ts';
import type { PostFile, Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import { adviseOtherwise, discordErrorCode, discordFault } from '../errors.ts';
import { limits } from '../limits.ts';
import { type RenderedPost, type RenderedReply, renderPost, renderReply } from '../render/render-reply.ts';
import { type Doubt, findPosted, nonceOf } from './find-posted.ts';
import { openThread } from './open-thread.ts';
import { tellNoThread } from './tell-no-thread.ts';
import { channelOf, referenceOf } from './where.ts';
import { withdrawBare } from './withdraw-bare.ts';

interface Needs {
  readonly rest: REST;
  readonly botId: () => Promise<string>;
}

/** So many messages are known to be those of other keys. */
const mostPosted = 1000;

/** `Chat.post` for Discord. Only when its message may stand already, Discord is asked first. */
export function createPoster(needs: Needs): Chat['post'] {
  const keyOf = new LRUCache<string, string>({ max: mostPosted });
  return async (place, reply, key, mayStand) => {
    try {
      const rendered = renderPost(reply);
      const isFree = (id: string) => (keyOf.get(id) ?? key) === key;
      const found = mayStand ? await lookUp(needs, place, rendered, { key, isFree }) : undefined;
      const id = found ?? (await sendWhole(needs.rest, { place, reply, key }, rendered));
      keyOf.set(id, key);
      return id;
    } catch (error) {
      throw discordFault(error);
    }
  };
}

interface Post {
  readonly place: Place;
  readonly reply: Reply;
  readonly key: string;
}

/** What Discord says when it takes the message but not its files. */
const refusesFiles: readonly (number | undefined)[] = [
  codes.MissingPermissions,
  codes.RequestEntityTooLarge,
  codes.FileUploadedExceedsMaximumSize,
];

/** Where files are not allowed or too large, as much of them as there is room for stands in the message. */
async function sendWhole(rest: REST, post: Post, rendered: RenderedPost): Promise<string> {
  try {
    return await sendIntoThread(rest, post, rendered);
  } catch (error) {
    if (rendered.files.length === 0 || !refusesFiles.includes(discordErrorCode(error))) throw error;
    return sendIntoThread(rest, post, { ...renderReply(post.reply), files: [] });
  }
}

async function sendIntoThread(rest: REST, post: Post, rendered: RenderedPost): Promise<string> {
  try {
    return await send(rest, post, rendered);
  } catch (error) {
    const { channel, thread, direct } = post.place;
    if (discordErrorCode(error) !== codes.UnknownChannel || thread === null || direct === true) throw error;
    await openThread(rest, { channel, thread }, post.reply).catch(async (refusal) => {
      await tellNoThread(rest, { channel, thread }, refusal);
      throw refusal;
    });
    return send(rest, post, rendered);
  }
}

async function send(rest: REST, { place, key }: Post, { files, ...message }: RenderedPost): Promise<string> {
  const body = {
    ...message,
    ...referenceOf(place),
    nonce: nonceOf(key),
    enforce_nonce: true,
    ...(files.length > 0 && { attachments: files.map(describeFile) }),
  };
  const route = Routes.channelMessages(channelOf(place));
  const posted = (await rest.post(route, { body, files: files.map(rawFile) })) as APIMessage;
  await withdrawBare(rest, message, posted).catch((error) => {
    throw adviseOtherwise(error, { undone: false });
  });
  return posted.id;
}

const describeFile = (file: PostFile, id: number) => ({
  id,
  filename: file.name,
  ...(file.kind === 'picture' && { description: file.alt.slice(0, limits.attachmentDescription) }),
});

const rawFile = (file: PostFile): RawFile =>
  file.kind === 'picture'
    ? { name: file.name, data: Buffer.from(file.png, 'base64'), contentType: 'image/png' }
    : { name: file.name, data: Buffer.from(file.text), contentType: 'text/plain; charset=utf-8' };

/** Where the thread is not there yet, or may not be read, nothing is found: twice is better than never. */
async function lookUp(
  { rest, botId }: Needs,
  place: Place,
  rendered: RenderedReply,
  doubt: Doubt,
): Promise<string | undefined> {
  try {
    const where = { channel: channelOf(place), botId: await botId() };
    return await findPosted(rest, where, rendered, doubt);
  } catch (error) {
    const fault = discordFault(error);
    if (fault.kind === 'rejected') return undefined;
    throw adviseOtherwise(fault, { undone: false });
  }
}
