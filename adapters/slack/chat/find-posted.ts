import type { WebClient } from '@slack/web-api';
import { timeOfId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import { limits } from '../limits.ts';

/** Marks a message of ours with the key of its post. Slack shows metadata to nobody. */
export const postMetadata = (key: string) => ({ event_type: postEvent, event_payload: { key } });
const postEvent = 'recourse_post';

/** Between Slack's clock and ours. */
const clockErrorMs = 5 * 60_000;

/**
 * The message that carries the key, if it is among the last ones since the key was made. Slack drops no second message
 * for us (`client_msg_id` is for its own clients only), so a doubtful post is looked up by its metadata; that needs no
 * more than the history scopes that the bot has for listening.
 */
export async function findPosted(client: WebClient, place: Place, key: string): Promise<string | undefined> {
  const madeAt = timeOfId(key);
  const range = {
    channel: place.channel,
    include_all_metadata: true,
    limit: limits.lookBack,
    ...(madeAt !== undefined && { oldest: String((madeAt - clockErrorMs) / 1000) }),
  } as const;
  const { messages = [] } =
    place.thread === null
      ? await client.conversations.history(range)
      : await client.conversations.replies({ ...range, ts: place.thread });
  return messages.find(({ metadata }) => {
    const payload: { readonly key?: unknown } | undefined = metadata?.event_payload;
    return metadata?.event_type === postEvent && payload?.key === key;
  })?.ts;
}

/** Names of the files that a thread got after one of its messages. */
export async function filesInThread(
  client: WebClient,
  channel: string,
  thread: string,
  after: string,
): Promise<readonly string[]> {
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts: thread,
    oldest: after,
    limit: limits.lookBack,
  });
  return messages.flatMap(({ files = [] }) => files.flatMap(({ name }) => name ?? []));
}
