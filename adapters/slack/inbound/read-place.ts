import type { Place } from '#domain/intent.ts';
import type { Reading } from './hearing.ts';

interface Where {
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly channelName?: string | undefined;
}

/** Conversations of persons have ids of their own kind, and no name. */
const isConversation = (channel: string): boolean => channel.startsWith('D');

/** What Slack puts where a name should be when it does not tell it to everybody who may read the payload. */
const noNames: readonly (string | undefined)[] = ['privategroup', 'directmessage'];

/**
 * Where something happened, without the channel's name. Events and presses in a conversation of persons come from the
 * bot's own alone: it is in no other.
 */
export function placeOf({ workspace }: Pick<Reading, 'workspace'>, { channel, thread }: Where): Place {
  return { workspace, channel, thread: thread ?? null, direct: isConversation(channel) };
}

/** The same with the name; asks for it when the payload did not say it. Throws a Fault when it matters and is not told. */
export async function readPlace(
  reading: Pick<Reading, 'workspace' | 'directory'>,
  where: Where,
): Promise<Place> {
  const place = placeOf(reading, where);
  if (place.direct) return place;
  const told = noNames.includes(where.channelName) ? undefined : where.channelName;
  return { ...place, channelName: told ?? (await reading.directory.channelName(where.channel)) };
}

/** The same with whether everybody may read along, for what saves a case. */
export async function withOpenness({ directory }: Pick<Reading, 'directory'>, place: Place): Promise<Place> {
  return { ...place, open: place.direct ? false : await directory.isOpen(place.channel) };
}

/** For commands and shortcuts, which people can also give in a conversation that the bot has no part in. */
export async function readAnyPlace(
  reading: Pick<Reading, 'workspace' | 'directory'>,
  where: Where,
): Promise<Place> {
  const place = await readPlace(reading, where);
  return place.direct ? { ...place, direct: await reading.directory.takesPart(place.channel) } : place;
}
