import type { WebClient } from '@slack/web-api';
import type { Place } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { Logger } from '#ports/logger.ts';
import { isDoubtful, slackFault } from '../errors.ts';
import { type RenderedPost, renderPost, type TextFile } from '../render/render-reply.ts';
import { filesInThread, findPosted, postMetadata, timeOfKey } from './find-posted.ts';
import { messageArguments, withoutPreviews } from './message-arguments.ts';
import { replaceMessage } from './replace-message.ts';
import { uploadFiles } from './upload-files.ts';

interface Needs {
  readonly client: WebClient;
  readonly logger: Logger;
}

/**
 * `Chat.post` for Slack. A key is in doubt when its message may stand already: an earlier try of this process failed
 * without a clear answer, or the key is older than the process. Only then Slack is asked first.
 */
export function createPoster(client: WebClient, logger: Logger): Chat['post'] {
  const needs = { client, logger };
  const startedAt = Date.now();
  const inDoubt = new Set<string>();
  const mayStand = (key: string) => inDoubt.has(key) || (timeOfKey(key) ?? startedAt) < startedAt;
  const fail = (key: string, error: unknown): never => {
    const fault = slackFault(error);
    if (isDoubtful(fault)) inDoubt.add(key);
    throw fault;
  };
  return async (place, reply, key) => {
    const rendered = renderPost(reply);
    const found = mayStand(key) ? await lookUp(needs, place, key) : undefined;
    try {
      const put =
        found === undefined ? send(needs, place, rendered, key) : renew(needs, place, rendered, found);
      const ts = await put;
      // From here on it stands: whatever fails now must not post it again.
      inDoubt.add(key);
      await addFiles(needs, place, rendered.files, ts, found !== undefined);
      inDoubt.delete(key);
      return ts;
    } catch (error) {
      return fail(key, error);
    }
  };
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
  given: readonly TextFile[],
  ts: string,
  again: boolean,
): Promise<void> {
  const files = given.filter(({ text }) => text !== '');
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
    if (fault.kind === 'unavailable') throw fault;
    logger.warn({ error: fault, channel: place.channel }, 'Slack does not tell whether a message arrived');
    return undefined;
  }
}
