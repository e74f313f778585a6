import type { WebClient } from '@slack/web-api';
import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { type RenderedReply, renderReply } from '../render/render-reply.ts';
import { messageArguments, withoutPreviews } from './message-arguments.ts';

/**
 * Shows a reply to one person alone. Where the person or the bot is not in the channel, it is a direct message, and so it
 * is where nobody else reads along. Throws a Fault.
 */
export async function notifyPerson(
  client: WebClient,
  place: Place,
  person: string,
  reply: Reply,
): Promise<void> {
  const rendered = renderReply(reply);
  try {
    if (!(await showInPlace(client, place, person, rendered))) await sendDirectly(client, person, rendered);
  } catch (error) {
    throw slackFault(error);
  }
}

/** The person or the bot cannot be reached in the channel. */
const outside: readonly (string | undefined)[] = [
  'user_not_in_channel',
  'not_in_channel',
  'channel_not_found',
  'is_archived',
];

async function showInPlace(
  client: WebClient,
  place: Place,
  user: string,
  reply: RenderedReply,
): Promise<boolean> {
  try {
    const message = messageArguments(place, reply);
    // In a conversation with the bot nobody else reads along. In one of other people it is outside.
    if (place.channel.startsWith('D')) await client.chat.postMessage({ ...message, ...withoutPreviews });
    else await client.chat.postEphemeral({ ...message, user });
    return true;
  } catch (error) {
    if (outside.includes(slackErrorName(error))) return false;
    throw error;
  }
}

async function sendDirectly(client: WebClient, users: string, reply: RenderedReply): Promise<void> {
  const { channel } = await client.conversations.open({ users });
  const place = { channel: channel?.id ?? users, thread: null };
  await client.chat.postMessage({ ...messageArguments(place, reply), ...withoutPreviews });
}
