import type { WebClient } from '@slack/web-api';
import type { Place } from '#domain/intent.ts';
import type { PostFile } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import type { Logger } from '#ports/logger.ts';
import { adviseOtherwise, slackFault } from '../errors.ts';
import { type RenderedPost, renderPost } from '../render/render-reply.ts';
import { filesInThread, findPosted, postMetadata } from './find-posted.ts';
import { messageArguments, withoutPreviews } from './message-arguments.ts';
import { replaceMessage } from './replace-message.ts';
import { uploadFiles } from './upload-files.ts';

interface Needs {
  readonly client: WebClient;
  readonly logger: Logger;
}

/** `Chat.post` for Slack. Only when its message may stand already, Slack is asked first. */
export function createPoster(client: WebClient, logger: Logger): Chat['post'] {
  const needs = { client, logger };
  return async (place, reply, key, mayStand) => {
    const rendered = renderPost(reply);
    const found = mayStand ? await lookUp(needs, place, key) : undefined;
    const ts = await put(needs, place, rendered, { key, found });
    try {
      await addFiles(needs, place, rendered.files, ts, found !== undefined);
    } catch (error) {
      // It stands: whatever fails now must not post it again.
      throw adviseOtherwise(error, { undone: false });
    }
    return ts;
  };
}

async function put(
  needs: Needs,
  place: Place,
  rendered: RenderedPost,
  { key, found }: { readonly key: string; readonly found: string | undefined },
): Promise<string> {
  try {
    return await (found === undefined
      ? send(needs, place, rendered, key)
      : renew(needs, place, rendered, found));
  } catch (error) {
    throw found === undefined ? slackFault(error) : adviseOtherwise(error, { undone: false });
  }
}

/** The reply may be newer than the message that an earlier try left behind. */
async function renew({ client }: Needs, place: Place, rendered: RenderedPost, ts: string): Promise<string> {
  await replaceMessage(client, place.channel, ts, rendered);
  return ts;
}

async function send({ client }: Needs, place: Place, rendered: RenderedPost, key: string): Promise<string> {
  const { ts } = await client.chat.postMessage({
    ...messageArguments(place, rendered),
    ...withoutPreviews,
    metadata: postMetadata(key),
  });
  return ts ?? '';
}

async function addFiles(
  { client, logger }: Needs,
  { channel, thread }: Place,
  files: readonly PostFile[],
  ts: string,
  again: boolean,
): Promise<void> {
  if (files.length === 0) return;
  const root = thread ?? ts;
  const known = again ? await filesInThread(client, channel, root, ts) : [];
  const missing = files.filter(({ name }) => !known.includes(name));
  await uploadFiles(client, logger, { channel, thread: root }, missing);
}

/** A bot that may not read the channel cannot tell, and posts: twice is better than never. */
async function lookUp({ client, logger }: Needs, place: Place, key: string): Promise<string | undefined> {
  try {
    return await findPosted(client, place, key);
  } catch (error) {
    const fault = slackFault(error);
    if (fault.kind === 'unavailable') throw adviseOtherwise(fault, { undone: false });
    logger.warn({ error: fault, channel: place.channel }, 'Slack does not tell whether a message arrived');
    return undefined;
  }
}
