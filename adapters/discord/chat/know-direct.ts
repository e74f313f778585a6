import { type APIChannel, ChannelType, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Place } from '#domain/intent.ts';

/** A channel stays what it is, so each is asked about once while it is in use. */
const mostChannels = 10_000;

/**
 * What a place of the outbox does not tell: whether it is a conversation with the bot alone, where there are no threads.
 * Where direct messages are off no place is one, and nothing is asked. Throws what the SDK throws.
 */
export function createKnowDirect(rest: REST, hearsDirectly: boolean): (place: Place) => Promise<Place> {
  const known = new LRUCache<string, boolean>({ max: mostChannels });
  return async (place) => {
    if (!hearsDirectly || place.direct !== undefined) return place;
    const direct = known.get(place.channel) ?? (await isDirect(rest, place.channel));
    known.set(place.channel, direct);
    return { ...place, direct };
  };
}

async function isDirect(rest: REST, channel: string): Promise<boolean> {
  const { type } = (await rest.get(Routes.channel(channel))) as APIChannel;
  return type === ChannelType.DM;
}
