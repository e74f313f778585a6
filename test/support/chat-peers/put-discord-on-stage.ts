import { alertBot } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { guildWorkspace, startDiscordBot } from '#test/support/discord/start-discord-bot.ts';
import { type BotOnStage, putOnStage } from '#test/support/stage/bot-on-stage.ts';
import { createDiscordStage } from '#test/support/stage/discord-stage.ts';
import type { TestBot } from '#test/support/start-bot.ts';

export async function putDiscordOnStage(): Promise<BotOnStage> {
  const discord = await startLocalDiscord();
  const giveRole = async (bot: TestBot): Promise<void> => {
    const { id } = await guildWorkspace(bot);
    await bot.open.core.unitOfWork.within(id, ({ people }) =>
      people.setRole(alertBot, 'alertbot', 'approver'),
    );
  };
  return putOnStage({
    start: async (environment) => {
      const bot = await startDiscordBot(discord, environment);
      await giveRole(bot);
      return bot;
    },
    stageOf: () => createDiscordStage(discord),
    close: async () => discord[Symbol.asyncDispose](),
    pressAsBot: async ({ id }, thread, verb) => {
      const message = (await discord.screen.messages(thread)).find((one) => one.id === id);
      if (message) await discord.people.press(alertBot, message, verb);
    },
  });
}
