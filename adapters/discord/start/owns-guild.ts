import { ShardClientUtil } from 'discord.js';
import type { DiscordSettings } from './options.ts';

/** Whether this process holds the connection that a guild is heard on. */
export function ownsGuild(shards: DiscordSettings['shards'], guild: string): boolean {
  return shards === 'auto' || shards.ids.includes(ShardClientUtil.shardIdForGuildId(guild, shards.count));
}

/** Direct messages come over the first connection, whatever guild somebody is in. */
export function ownsDirectMessages(shards: DiscordSettings['shards']): boolean {
  return shards === 'auto' || shards.ids.includes(0);
}
