import { channels, startLocalSlack } from '#test/support/slack/local-slack.ts';
import { buttonsOf } from '#test/support/slack/responder.ts';
import { account } from '#test/support/slack/shapes.ts';
import { startSlackBot, workspaceOf } from '#test/support/slack/story.ts';
import { type BotOnStage, putOnStage } from '#test/support/stage/bot-on-stage.ts';
import { createSlackStage } from '#test/support/stage/slack-stage.ts';
import type { TestBot } from '#test/support/start-bot.ts';

const robot = 'U09ROBOT';

export async function putSlackOnStage(): Promise<BotOnStage> {
  const slack = await startLocalSlack('socket');
  // Slack says of its account what it is; here it has the role, and it must not help.
  slack.proxy.rules = [account(robot, { is_bot: true })];
  const giveRole = async (bot: TestBot): Promise<void> => {
    const { id } = await workspaceOf(bot);
    await bot.open.core.unitOfWork.within(id, ({ people }) => people.setRole(robot, 'robot', 'approver'));
  };
  return putOnStage({
    start: async (environment) => {
      const bot = await startSlackBot(slack, 'socket', environment);
      await giveRole(bot);
      return bot;
    },
    stageOf: () => createSlackStage(slack),
    close: async () => slack[Symbol.asyncDispose](),
    pressAsBot: async ({ id }, _thread, verb) => {
      const message = (await slack.messages()).find(({ ts }) => ts === id) ?? {};
      const action = buttonsOf(message).find(({ action_id }) => action_id.startsWith(`${verb}:`));
      await slack.act('interact', { channel: channels.incidents, messageTs: id, user: robot, action });
    },
  });
}
