import { it } from 'vitest';
import { rateLimited } from '#test/support/discord/answers.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { wordsOf } from '#test/support/discord/screen.ts';
import { guildWorkspace, startDiscordBot } from '#test/support/discord/start-discord-bot.ts';
import { furtherChannel } from '#test/support/discord/twin.ts';
import { everyThird } from '#test/support/every-third.ts';
import { campaignMs, playCampaign, roomCount, updates } from '#test/support/play-campaign.ts';

const numbers = Array.from({ length: roomCount }, (_, n) => n);
/** New messages and edits of them. */
const isMessage = (route: string): boolean => /^(POST|PATCH) \/channels\/:id\/messages/.test(route);

it(
  `a Discord that refuses every third call gets ${updates} updates: none lost, in order, the last state of each card right`,
  async () => {
    await using discord = await startLocalDiscord(numbers.map((n) => `room-${n}`));
    const bot = await startDiscordBot(discord);
    await using stack = new AsyncDisposableStack();
    stack.defer(bot.stop);
    const refuse = everyThird(() => rateLimited(1));
    discord.proxy.rules = [({ route }) => (isMessage(route) ? refuse() : undefined)];
    await playCampaign({
      bot,
      workspace: (await guildWorkspace(bot)).id,
      rooms: numbers.map(furtherChannel),
      said: async (room) => (await discord.screen.messages(room)).map(wordsOf),
      edits: (room) =>
        discord.proxy.calls
          .filter(
            ({ method, path, status }) =>
              method === 'PATCH' && status === 200 && path.startsWith(`/channels/${room}/messages/`),
          )
          .map(({ body }) => wordsOf({ content: '', embeds: [], components: [], ...(body as object) })),
      refusals: () => discord.proxy.calls.filter(({ status }) => status === 429).length,
    });
  },
  campaignMs,
);
