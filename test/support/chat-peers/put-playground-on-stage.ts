import { type BotOnStage, putOnStage } from '#test/support/stage/bot-on-stage.ts';
import { createPlaygroundStage } from '#test/support/stage/playground-stage.ts';
import { startBot } from '#test/support/start-bot.ts';

export const putPlaygroundOnStage = (): Promise<BotOnStage> =>
  putOnStage({
    start: startBot,
    stageOf: ({ playgroundUrl }) => createPlaygroundStage(playgroundUrl ?? ''),
    close: async () => undefined,
  });
