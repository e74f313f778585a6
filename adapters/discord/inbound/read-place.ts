import { type APIMessage, MessageReferenceType } from 'discord.js';
import type { Place } from '#domain/intent.ts';
import type { Reading, Tenant } from './reading.ts';

type Reader = Pick<Reading, 'channels'>;
type Linked = Pick<APIMessage, 'id' | 'message_reference' | 'referenced_message'>;

/** Who answers an answer to an answer … this far up still speaks of the first. */
const longestChain = 20;

/** Where something happened. In private there are no threads, and what belongs together is told by `readRoot`. */
export async function readPlace(
  { channels }: Reader,
  channelId: string,
  { workspace, direct }: Tenant,
): Promise<Place> {
  if (direct) return { workspace, channel: channelId, thread: null, direct };
  return { workspace, ...(await channels.locate(channelId)), direct };
}

/** Where a message stands. In private an answer to another message belongs to the thread of that one. */
export async function placeOfMessage(
  reader: Reader,
  message: Linked & Pick<APIMessage, 'channel_id'>,
  tenant: Tenant,
): Promise<Place> {
  const place = await readPlace(reader, message.channel_id, tenant);
  if (!tenant.direct || repliedTo(message) === undefined) return place;
  return { ...place, thread: await readRoot(reader, message.channel_id, message) };
}

/** The first message of those that answer one another. */
export async function readRoot({ channels }: Reader, channel: string, message: Linked): Promise<string> {
  let first = message;
  for (let length = 0; length < longestChain; length += 1) {
    const above = repliedTo(first);
    if (above === undefined) break;
    const found = first.referenced_message ?? (await channels.message(channel, above));
    if (!found) return above;
    first = found;
  }
  return first.id;
}

/** What was forwarded was not answered. */
function repliedTo({ message_reference: reference }: Linked): string | undefined {
  return reference?.type === MessageReferenceType.Forward ? undefined : reference?.message_id;
}
