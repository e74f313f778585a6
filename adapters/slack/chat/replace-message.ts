import type { WebClient } from '@slack/web-api';
import { slackErrorName } from '../errors.ts';
import type { RenderedReply } from '../render/render-reply.ts';

/** Puts new content into a message of ours; one that is gone stays gone. Throws what the SDK throws. */
export async function replaceMessage(
  client: WebClient,
  channel: string,
  ts: string,
  { text, blocks }: RenderedReply,
): Promise<void> {
  try {
    await client.chat.update({ channel, ts, text, blocks, parse: 'none', link_names: false });
  } catch (error) {
    if (slackErrorName(error) !== 'message_not_found') throw error;
  }
}
