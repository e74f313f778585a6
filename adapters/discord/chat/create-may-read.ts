import { type APIChannel, type APIGuild, type APIGuildMember, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Chat } from '#ports/chat.ts';
import { discordErrorCode, discordFault } from '../errors.ts';
import { mayView } from './may-view.ts';

const most = 5000;
/** Somebody who lost a role is not shown for longer what goes on there. */
const ageMs = 60_000;
const gone: readonly unknown[] = [10003, 10007, 10013, 50001];

/** Whether a person may read along in a channel, by their roles and what the channel says of them. */
export function createMayRead(rest: REST): Chat['mayRead'] {
  const known = new LRUCache<string, boolean>({ max: most, ttl: ageMs });
  return async (channel, person) => {
    const key = `${channel}/${person}`;
    const answer = known.get(key) ?? (await ask(rest, channel, person));
    known.set(key, answer);
    return answer;
  };
}

async function ask(rest: REST, id: string, person: string): Promise<boolean> {
  try {
    const channel = (await rest.get(Routes.channel(id))) as APIChannel;
    if (!('guild_id' in channel) || !channel.guild_id)
      return 'recipients' in channel && (channel.recipients ?? []).some((one) => one.id === person);
    const guild = (await rest.get(Routes.guild(channel.guild_id))) as APIGuild;
    const { roles } = (await rest.get(Routes.guildMember(guild.id, person))) as APIGuildMember;
    const overwrites = 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];
    return mayView({ guild, overwrites, member: { id: person, roles } });
  } catch (error) {
    // A channel, a guild or a person that Discord does not show: nothing to be read along there.
    if (gone.includes(discordErrorCode(error))) return false;
    throw discordFault(error);
  }
}
