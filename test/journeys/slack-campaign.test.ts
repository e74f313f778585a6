import { WebClient } from '@slack/web-api';
import { it } from 'vitest';
import { everyThird } from '#test/support/every-third.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { campaignMs, playCampaign, roomCount, updates } from '#test/support/play-campaign.ts';
import { type LocalSlack, startLocalSlack, tokens } from '#test/support/slack/local-slack.ts';
import { rateLimited } from '#test/support/slack/proxy.ts';
import { startSlackBot, workspaceOf } from '#test/support/slack/story.ts';

describeWithPeer('slack', 'a Slack that refuses every third call', () => {
  it(
    `gets ${updates} updates: none lost, in order, the last state of each card right`,
    async () => {
      await using slack = await startLocalSlack();
      const bot = await startSlackBot(slack, 'socket');
      await using stack = new AsyncDisposableStack();
      stack.defer(bot.stop);
      const rooms = await makeRooms(slack);
      const refuse = everyThird(() => rateLimited(1));
      slack.proxy.rules = [({ method }) => (method.startsWith('chat.') ? refuse() : undefined)];
      await playCampaign({
        bot,
        workspace: (await workspaceOf(bot)).id,
        rooms,
        said: async (room) => (await slack.messages(room)).map(({ text }) => text),
        edits: (room) =>
          slack.proxy.calls
            .filter(
              ({ method, status, arguments: given }) =>
                method === 'chat.update' && status === 200 && given.get('channel') === room,
            )
            .map(({ arguments: given }) => given.get('text') ?? ''),
        refusals: () => slack.proxy.calls.filter(({ status }) => status === 429).length,
      });
    },
    campaignMs,
  );
});

async function makeRooms({ apiUrl }: LocalSlack): Promise<readonly string[]> {
  const client = new WebClient(tokens.bot, { slackApiUrl: apiUrl });
  const rooms: string[] = [];
  for (let room = 0; room < roomCount; room += 1) {
    const { channel } = await client.conversations.create({ name: `room-${room}` });
    rooms.push(channel?.id ?? '');
  }
  return rooms;
}
