import type { Role } from '#domain/person.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';
import { bot, botToken, guild, type Person, people } from './guild.ts';
import { admins, type LocalDiscord } from './local-discord.ts';

const roles: Readonly<Record<Person, Role>> = {
  rae: 'responder',
  ada: 'approver',
  ben: 'approver',
  vic: 'viewer',
  max: 'admin',
};

/** What the bot is told to find this Discord by. */
export const discordEnvironment = ({ apiUrl }: LocalDiscord): Readonly<Record<string, string>> => ({
  DISCORD_API_URL: apiUrl,
  DISCORD_TOKEN: botToken,
  DISCORD_APPLICATION_ID: bot.id,
  RECOURSE_ADMINS: admins(people.max),
});

/** The whole bot in the guild of the test server, with its sandbox host, and everybody in their roles. */
export async function startDiscordBot(
  discord: LocalDiscord,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestBot> {
  const started = await startBot({
    ...discordEnvironment(discord),
    RECOURSE_PLAYGROUND: 'off',
    RECOURSE_SANDBOX: 'on',
    ...environment,
  });
  const workspace = await guildWorkspace(started);
  await started.open.core.unitOfWork.within(workspace.id, async (stores) => {
    for (const [name, role] of Object.entries(roles))
      await stores.people.setRole(people[name as Person], name, role);
  });
  return started;
}

export async function guildWorkspace(started: TestBot, id: string = guild.id) {
  const workspace = (await started.open.core.workspaces.all()).find(({ externalId }) => externalId === id);
  if (!workspace) throw new Error('The bot has not entered the guild');
  return workspace;
}
