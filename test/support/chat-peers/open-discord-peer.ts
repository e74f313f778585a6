import type { ChatPeer, PlayedCore } from '#test/contracts/chat/chat-peer.ts';
import { rateLimited } from '#test/support/discord/answers.ts';
import { alertBot, channels, people } from '#test/support/discord/guild.ts';
import { openTestDiscord } from '#test/support/discord/open-test-discord.ts';
import { createDiscordStage } from '#test/support/stage/discord-stage.ts';

export async function openDiscordPeer({ answer, suggest }: PlayedCore): Promise<ChatPeer> {
  const opened = await openTestDiscord({ answer, suggest, directMessages: true });
  const { server, chat, received, workspace } = opened;
  return {
    stage: createDiscordStage(server),
    chat,
    workspace,
    received,
    sayDirectly: async (text) =>
      void (await server.people.say(people.rae, text, await server.people.direct(people.rae))),
    sendAlerts: async (title) => {
      await server.people.say(alertBot, '', channels.incidents, { embeds: [{ title }] });
      await server.people.sayAsWebhook('', channels.incidents, [{ title }]);
      return 2;
    },
    refusePosts: (times) => {
      let left = times;
      server.proxy.rules = [
        ({ route }) => (route === 'POST /channels/:id/messages' && left-- > 0 ? rateLimited(1) : undefined),
      ];
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
