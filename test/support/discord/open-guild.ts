import { createDiscordStage } from '#test/support/stage/discord-stage.ts';
import type { Stage } from '#test/support/stage/stage.ts';
import type { TestBot } from '#test/support/start-bot.ts';
import { type LocalDiscord, startLocalDiscord } from './local-discord.ts';
import { guildWorkspace, startDiscordBot } from './start-discord-bot.ts';

export interface OpenGuild extends AsyncDisposable {
  readonly discord: LocalDiscord;
  readonly stage: Stage;
  readonly bot: () => TestBot;
  /** The status of /readyz. */
  ready(): Promise<number>;
  /** How many messages are not posted yet. */
  waiting(): Promise<number>;
  restart(): Promise<void>;
}

/** A guild with the bot in it. */
export async function openGuild(
  environment: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<OpenGuild> {
  const discord = await startLocalDiscord(more);
  let bot = await startDiscordBot(discord, environment);
  return {
    discord,
    stage: createDiscordStage(discord),
    bot: () => bot,
    ready: async () => (await fetch(`http://${bot.localAddress}/readyz`)).status,
    waiting: async () => {
      const { id } = await guildWorkspace(bot);
      return bot.open.core.unitOfWork.within(
        id,
        async ({ operations }) => (await operations.read()).outboxWaiting,
      );
    },
    restart: async () => {
      await bot.close();
      bot = await startDiscordBot(discord, { ...environment, RECOURSE_DATA_DIR: bot.dataDirectory });
    },
    [Symbol.asyncDispose]: async () => {
      await bot.stop();
      await discord[Symbol.asyncDispose]();
    },
  };
}
