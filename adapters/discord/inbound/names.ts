import type { Client } from 'discord.js';

/** What ids in a text stand for, as far as the connection told. */
export interface Names {
  channel(id: string): string | undefined;
  role(guild: string, id: string): string | undefined;
  /** The role that Discord made for the bot itself: people mistake its mention for the bot's. */
  botRole(guild: string): string | undefined;
}

export function createNames(client: Client): Names {
  const rolesOf = (guild: string) => client.guilds.cache.get(guild)?.roles;
  return {
    channel: (id) => {
      const channel = client.channels.cache.get(id);
      return channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
    },
    role: (guild, id) => rolesOf(guild)?.cache.get(id)?.name,
    botRole: (guild) => (client.user ? rolesOf(guild)?.botRoleFor(client.user)?.id : undefined),
  };
}
