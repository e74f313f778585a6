import type { WebClient } from '@slack/web-api';
import type { Place } from '#domain/intent.ts';

/**
 * Makes a place that names a person (somebody who pressed a button of their App Home) one of the direct messages with
 * them: Slack posts to a person's id, but edits and reads only by the id of the conversation.
 */
export function createFindChannel(client: WebClient) {
  const known = new Map<string, string>();
  return async (place: Place): Promise<Place> => {
    if (!/^[UW]/.test(place.channel)) return place;
    const channel = known.get(place.channel) ?? (await open(client, place.channel));
    known.set(place.channel, channel);
    return { ...place, channel };
  };
}

async function open(client: WebClient, users: string): Promise<string> {
  const { channel } = await client.conversations.open({ users });
  return channel?.id ?? users;
}
