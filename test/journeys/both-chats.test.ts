import { expect, it } from 'vitest';
import { botToken, channels, bot as discordBot, guild, people } from '#test/support/discord/guild.ts';
import { admins, startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { buttonsOf, wordsOf } from '#test/support/discord/screen.ts';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { startLocalSlack } from '#test/support/slack/local-slack.ts';
import { createSlackResponder } from '#test/support/slack/responder.ts';
import { startSlackBot } from '#test/support/slack/story.ts';
import { eventually } from '#test/support/slack/team.ts';

describeWithPeer('slack', 'one bot in Slack and Discord at once', () => {
  it('answers each where it was asked, and tells which one is not connected', async () => {
    await using slack = await startLocalSlack();
    await using discord = await startLocalDiscord();
    const bot = await startSlackBot(slack, 'socket', {
      DISCORD_TOKEN: botToken,
      DISCORD_APPLICATION_ID: discordBot.id,
      DISCORD_API_URL: discord.apiUrl,
      RECOURSE_ADMINS: admins(people.max),
    });
    await using stopping = new AsyncDisposableStack();
    stopping.defer(bot.stop);
    const ask = async (path: string) => (await fetch(`http://${bot.localAddress}${path}`)).text();
    const ready = async () => JSON.parse(await ask('/readyz')) as unknown;
    expect(await ready()).toEqual({ ok: true, failing: [] });

    const thread = await slack.say('rae', problem);
    await createSlackResponder(slack).waitForButton(thread, 'use');
    const asked = await discord.people.say(people.rae, problem);
    await eventually(async () => {
      const said = await discord.screen.messages(asked.id);
      expect(said.flatMap(buttonsOf).some(({ custom_id }) => custom_id.startsWith('use:'))).toBe(true);
      expect(said.map(wordsOf).join('\n')).toContain('Disk full');
    });
    const tenants = (await bot.open.core.workspaces.all()).map(({ platform, externalId }) => [
      platform,
      externalId,
    ]);
    expect(tenants).toContainEqual(['discord', guild.id]);
    expect(await discord.screen.messages(channels.general)).toEqual([]);

    discord.proxy.down = true;
    discord.proxy.gateway.cut();
    await eventually(async () =>
      expect(await ready()).toMatchObject({ ok: false, failing: [{ name: 'discord' }] }),
    );
    const numbers = await ask('/metrics');
    expect(numbers).toContain('recourse_chat_connected{platform="discord"} 0');
    expect(numbers).toContain('recourse_chat_connected{platform="slack"} 1');
  });
});
