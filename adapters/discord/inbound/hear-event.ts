import {
  type GatewayDispatchPayload,
  type GatewayMessageReactionRemoveAllDispatchData,
  GatewayDispatchEvents as Told,
} from 'discord.js';
import type { Heard, Hearing } from './hearing.ts';
import { readEdit, readGone, readMessage } from './read-message.ts';
import { readLeaving, readMember } from './read-person.ts';
import { readReaction } from './read-reaction.ts';
import { type Reading, tenantOf } from './reading.ts';

/**
 * Hands in what happened in a guild. Never rejects: Discord sends no event twice, so one that could not be kept is noted
 * as missed, to be read back.
 */
export function createHearEvent(hearing: Hearing, reading: Reading) {
  return async (event: GatewayDispatchPayload): Promise<void> => {
    const at = Date.now();
    try {
      for (const { intent, delivery } of await readEvent(hearing, reading, event))
        await hearing.inbound.receive(intent, delivery);
    } catch (error) {
      const guild = guildOf(event) ?? reading.directGuild;
      hearing.logger.warn(
        { error, event: event.t },
        'an event of Discord could not be kept and is read back',
      );
      if (guild !== null) hearing.missed(guild, at);
    }
  };
}

async function readEvent(
  hearing: Hearing,
  reading: Reading,
  event: GatewayDispatchPayload,
): Promise<readonly Heard[]> {
  switch (event.t) {
    case Told.MessageCreate:
      return those(await readMessage(reading, event.d));
    case Told.MessageUpdate:
      return those(await readEdit(reading, event.d));
    case Told.MessageDelete:
      return those(await readGone(reading, event.d));
    case Told.MessageDeleteBulk: {
      const { ids, ...where } = event.d;
      return those(...(await Promise.all(ids.map((id) => readGone(reading, { ...where, id })))));
    }
    case Told.MessageReactionAdd:
      return those(await readReaction(reading, event.d, 'added'));
    case Told.MessageReactionRemove:
      return those(await readReaction(reading, event.d, 'removed'));
    case Told.MessageReactionRemoveAll:
    case Told.MessageReactionRemoveEmoji:
      await noteCleared(hearing, reading, event.d);
      return [];
    case Told.GuildMemberUpdate:
      return those(readMember(reading, event.d));
    case Told.GuildMemberRemove:
      return those(readLeaving(reading, event.d));
    default:
      return [];
  }
}

const those = (...read: readonly (Heard | undefined)[]): readonly Heard[] =>
  read.filter((heard) => heard !== undefined);

/**
 * Whose reactions a moderator took away is not told: those known are compared with those left, as after a gap. That costs
 * many calls, and other bots clear reactions to their messages all day, so it is asked first whose message it is.
 */
async function noteCleared(
  { missed }: Hearing,
  reading: Reading,
  { guild_id, channel_id, message_id }: GatewayMessageReactionRemoveAllDispatchData,
): Promise<void> {
  const tenant = tenantOf(reading, guild_id);
  if (!tenant) return;
  const message = await reading.channels.message(channel_id, message_id);
  if (message?.author.id === reading.self) missed(tenant.guild, Date.now());
}

function guildOf({ d }: GatewayDispatchPayload): string | undefined {
  return d && typeof d === 'object' && 'guild_id' in d && typeof d.guild_id === 'string'
    ? d.guild_id
    : undefined;
}
