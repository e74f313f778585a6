import type { DiscordConfig } from '#adapters/config/config.ts';
import type { Discord, DiscordOptions } from '#adapters/discord/start/start-discord.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { admittedGuilds } from './admitted-guilds.ts';
import { keepUp } from './keep-up.ts';
import type { RealChatParts } from './open-chats.ts';

/**
 * Connects to Discord. A guild's workspace is prepared when the bot is found to be in it, once a process. The SDK is
 * loaded here and nowhere else.
 */
export async function openDiscord(settings: DiscordConfig, parts: RealChatParts): Promise<Discord> {
  const { open, inbound, chats } = parts;
  const { workspaces, logger } = open.core;
  const entered = new Map<string, WorkspaceId>();
  const enter: DiscordOptions['enter'] = async (guild, chat) => {
    const workspace = await workspaces.ensure('discord', guild.id, guild.name);
    await parts.prepare(workspace);
    if (chat) chats.set(workspace.id, chat);
    entered.set(guild.id, workspace.id);
    return workspace.id;
  };
  const leave = (guild: string): void => {
    const workspace = entered.get(guild);
    if (workspace) chats.delete(workspace);
  };
  const { startDiscord } = await import('#adapters/discord/start/start-discord.ts');
  const admitted = admittedGuilds(parts.admins);
  return startDiscord({ settings, inbound, logger, admitted, enter, leave, ...keepUp(open) });
}
