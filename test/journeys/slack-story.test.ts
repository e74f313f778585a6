import { it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { startLocalSlack } from '#test/support/slack/local-slack.ts';
import { playSlackStory, startSlackBot } from '#test/support/slack/story.ts';

describeWithPeer('slack', 'the main job in Slack, over Socket Mode', () => {
  it('goes from the question to the folded reaction, and the next answer shows it', async () => {
    await using slack = await startLocalSlack('socket');
    const bot = await startSlackBot(slack, 'socket');
    try {
      await playSlackStory(slack, bot);
    } finally {
      await bot.stop();
    }
  });
});
