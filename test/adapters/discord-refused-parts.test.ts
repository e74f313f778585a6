import type { APIMessage } from 'discord.js';
import { expect, it } from 'vitest';
import { createDiscordChat } from '#adapters/discord/chat/create-discord-chat.ts';
import { createStandingRest } from '#adapters/discord/chat/create-standing-rest.ts';
import { createInteractionTokens } from '#adapters/discord/chat/interaction-tokens.ts';
import { restOptions } from '#adapters/discord/chat/rest-options.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { stepCardOf } from '#test/fixtures/every-reply.ts';
import { bot, botToken, channels, people } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { permission } from '#test/support/discord/plays/permissions.ts';
import { buttonsOf, wordsOf } from '#test/support/discord/screen.ts';

const place = { workspace: 'workspace' as WorkspaceId, channel: channels.incidents, thread: null };
const card = stepCardOf({ command: 'df -h' });

const open = async () => {
  const discord = await startLocalDiscord();
  const rest = createStandingRest(botToken, { ...restOptions, api: discord.apiUrl });
  const chat = createDiscordChat({
    rest,
    applicationId: bot.id,
    tokens: createInteractionTokens(),
    hearsDirectly: false,
  });
  return { discord, chat };
};
const key = '01940000-0000-7000-8000-000000000001';

it('lets nobody approve what is not seen where the bot may show no embeds, and says so', async () => {
  const { discord, chat } = await open();
  await using _ = discord;
  const { denied } = discord.world;
  const seen = async (id: string) =>
    (await discord.screen.messages(place.channel)).find((message) => message.id === id) as APIMessage;

  denied.set(place.channel, permission.embedLinks);
  const id = await chat.post(place, card, key, false);
  expect(buttonsOf(await seen(id))).toEqual([]);
  expect(wordsOf(await seen(id))).toContain('lacks Embed Links');

  denied.clear();
  await chat.edit(place, id, card);
  expect(buttonsOf(await seen(id)).length).toBeGreaterThan(0);
  expect(wordsOf(await seen(id))).not.toContain('lacks Embed Links');

  denied.set(place.channel, permission.embedLinks);
  await chat.edit(place, id, card);
  expect(buttonsOf(await seen(id))).toEqual([]);
});

it('says below the question why no answer comes, once, where the bot may open no thread', async () => {
  const { discord, chat } = await open();
  await using _ = discord;
  discord.world.denied.set(place.channel, permission.createThreads);
  const { id: thread } = await discord.people.say(people.rae, 'the disk is full');
  for (const reply of [card, card])
    await expect(chat.post({ ...place, thread }, reply, key, false)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'discord-missing-permissions' },
    });
  const said = (await discord.screen.messages(place.channel)).filter(({ author }) => author.id === bot.id);
  expect(said.map((message) => message.message_reference?.message_id)).toEqual([thread]);
  expect(wordsOf(said[0] as APIMessage)).toContain('Create Public Threads');
});
