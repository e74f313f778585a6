import type { Config } from '#adapters/config/config.ts';
import type { Finding } from '#commands/command.ts';
import { admittedGuilds } from './admitted-guilds.ts';

/** What `doctor` finds out about Discord; nothing, and no SDK, when it is not configured. */
export async function checkDiscord({
  discord,
  admins,
  listening,
}: Pick<Config, 'discord' | 'admins' | 'listening'>): Promise<readonly Finding[]> {
  if (discord === null) return [];
  const { diagnoseDiscord } = await import('#adapters/discord/start/diagnose-discord.ts');
  return diagnoseDiscord({ settings: discord, admitted: admittedGuilds(admins), listening });
}
