import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catchUp } from '#adapters/discord/inbound/catch-up.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { missingAccess, outOfService, unknownMessage } from '#test/support/discord/answers.ts';
import { postButtons } from '#test/support/discord/buttons.ts';
import { bot, channels, guild, otherChannel, people, roles } from '#test/support/discord/guild.ts';
import { openTestHearing, type TestHearing } from '#test/support/discord/open-test-hearing.ts';
import { eventually } from '#test/support/slack/team.ts';

const { incidents, general } = channels;
const nothing: HeardSoFar = { lastAt: null, threads: [], reactions: [] };
const idBefore = (ms: number) => String(BigInt(Date.now() - ms - 1_420_070_400_000) << 22n);

describe('what was missed while there was no connection', () => {
  let test: TestHearing;
  beforeEach(async () => {
    test = await openTestHearing();
  });
  afterEach(() => test[Symbol.asyncDispose]());

  const say = async (person: string, text: string, channel: string = incidents) =>
    (await test.discord.people.say(person, text, channel)).id;
  const openThread = async (root: string) => {
    const body = { name: 'a thread' };
    await test.client.rest.post(Routes.threads(incidents, root), { body });
    return root;
  };
  const served = () => {
    const found = test.client.guilds.cache.get(guild.id);
    if (!found) throw new Error('the guild is not there');
    return found;
  };
  const readBack = (heard: Partial<HeardSoFar> = {}, signal = new AbortController().signal) =>
    catchUp({
      guild: served(),
      hearing: test.hearing,
      heard: { ...nothing, lastAt: Date.now(), ...heard },
      signal,
    });
  const deliveries = () => test.received.map(({ delivery }) => delivery);

  it('is read back under the same ids: messages, threads, edits', async () => {
    const live = await say(people.rae, 'web-01 is down');
    await eventually(() => expect(deliveries()).toEqual([`message:${live}`]));
    await test.close();
    const missed = await say(people.ben, 'web-02 too', general);
    await openThread(live);
    const within = await say(people.ada, 'looking', live);
    const { edited_timestamp } = await test.discord.people.edit(live, 'web-01 and web-02 are down');
    await say(bot.id, 'my own words');
    await say(people.vic, 'elsewhere', otherChannel);
    await readBack();
    const edit = `edit:${live}:${Date.parse(edited_timestamp ?? '')}`;
    expect(deliveries().toSorted()).toEqual(
      [`message:${live}`, `message:${missed}`, `message:${within}`, edit].toSorted(),
    );
    expect(test.received.find(({ delivery }) => delivery === `message:${within}`)?.intent).toMatchObject({
      place: { channel: incidents, channelName: 'incidents', thread: live },
      speaker: { externalId: people.ada, standing: 'member', groups: [roles.approvers] },
    });
    await readBack();
    expect(deliveries()).toHaveLength(4);
  });

  it('is nothing before the first delivery, and nothing that was said before the bot came', async () => {
    await test.close();
    await say(people.rae, 'before');
    await readBack({ lastAt: null });
    expect(deliveries()).toEqual([]);
    served().joinedTimestamp = Date.now() + 1;
    await readBack();
    expect(deliveries()).toEqual([]);
  });

  it('is nothing that is older than the gap, but for what was edited since', async () => {
    await test.close();
    const { prisma } = test.discord.world.twin;
    const old = { channelId: incidents, authorId: people.rae, content: 'an hour ago' };
    const [first, second] = [idBefore(7_200_000), idBefore(3_600_000)];
    await prisma.message.create({ data: { id: first, ...old } });
    await prisma.message.create({ data: { id: second, ...old, editedTimestamp: new Date() } });
    served().joinedTimestamp = 0;
    await readBack();
    expect(deliveries()).toEqual([expect.stringMatching(new RegExp(`^edit:${second}:`))]);
  });

  it('is reactions to the bot’s own messages in its threads, added and taken back, and ticks on its question', async () => {
    const thread = await openThread(await say(people.rae, 'disk full'));
    const card = await postButtons(test.client, test.discord, thread, ['worked:1']);
    await test.discord.people.react(people.ada, card, '👍');
    await eventually(() => expect(test.received.at(-1)?.intent.kind).toBe('reaction-changed'));
    await test.close();
    const before = test.received.length;
    await test.discord.people.unreact(people.ada, card, '👍');
    await test.discord.people.react(people.ben, card, '👎🏽');
    await test.discord.people.react(people.max, card, '🤔');
    const question = { id: thread, channel_id: incidents };
    for (const emoji of ['👀', '✅']) await test.discord.people.react(people.ben, question, emoji);
    const stands = (personExternalId: string, emoji: string) => ({
      channel: incidents,
      messageId: card.id,
      personExternalId,
      emoji,
    });
    const reactions = [stands(people.ada, '👍'), stands(people.max, '🤔')];
    await readBack({ threads: [{ channel: incidents, thread }], reactions });
    expect(test.received.slice(before).map(({ intent }) => intent)).toMatchObject([
      { kind: 'reaction-changed', emoji: '✅', change: 'added', messageId: thread },
      {
        kind: 'reaction-changed',
        emoji: '👎🏽',
        change: 'added',
        messageId: card.id,
        place: { channel: incidents, thread },
        speaker: { externalId: people.ben, groups: [roles.approvers] },
      },
      { emoji: '👍', change: 'removed', speaker: { externalId: people.ada } },
    ]);
  });

  it('is the question of a thread that was deleted, and no question where there never was one', async () => {
    const [asked, never] = [await openThread(await say(people.rae, 'disk full')), idBefore(1000)];
    const { prisma } = test.discord.world.twin;
    const thread = { guildId: guild.id, type: 11, parentId: incidents, name: 'bare' };
    await prisma.channel.create({ data: { id: never, ...thread } });
    const starter = { id: String(BigInt(asked) + 1n), channelId: asked, authorId: people.rae, type: 21 };
    await prisma.message.create({ data: starter });
    await test.close();
    await test.discord.people.remove(asked);
    const before = test.received.length;
    const threads = [asked, never].map((id) => ({ channel: incidents, thread: id }));
    await readBack({ threads });
    expect(test.received.slice(before)).toMatchObject([
      {
        delivery: `delete:${asked}`,
        intent: { kind: 'message-deleted', id: asked, place: { channel: incidents } },
      },
    ]);
  });

  it('is the newest of a channel in which very much was said', async () => {
    await test.close();
    const { prisma } = test.discord.world.twin;
    const ids = Array.from({ length: 230 }, (_, index) => idBefore(300_000 - index));
    const from = { channelId: general, authorId: people.rae };
    await prisma.message.createMany({
      data: ids.map((id) => ({ id, ...from, content: id, timestamp: new Date() })),
    });
    served().joinedTimestamp = 0;
    await readBack();
    expect(deliveries()).toEqual(ids.slice(-200).map((id) => `message:${id}`));
  });

  it('is read past a channel that may not be read, and not past a Discord that is away', async () => {
    await test.close();
    const read = await say(people.rae, 'web-01 is down', general);
    const gone = { channel: incidents, thread: '1' };
    test.discord.proxy.rules = [
      ({ path }) => (path === `/channels/${incidents}/messages` ? missingAccess : undefined),
      ({ path }) => (path === `/channels/${incidents}/messages/1` ? unknownMessage : undefined),
    ];
    await readBack({ threads: [gone] });
    expect(deliveries()).toEqual([`message:${read}`, 'delete:1']);
    test.discord.proxy.rules = [({ route }) => (route.startsWith('GET') ? outOfService : undefined)];
    await expect(readBack()).rejects.toThrow();
    await expect(readBack({}, AbortSignal.abort())).rejects.toThrow();
  });

  it('is direct messages of the conversations that the bot works in', async () => {
    await using direct = await openTestHearing({ directMessages: true });
    const channel = await direct.discord.people.direct(people.rae);
    await direct.close();
    const { id } = await direct.discord.people.say(people.rae, 'web-01 is down', channel);
    const found = direct.client.guilds.cache.get(guild.id);
    if (!found) throw new Error('the guild is not there');
    await catchUp({
      guild: found,
      hearing: direct.hearing,
      heard: { ...nothing, lastAt: Date.now(), threads: [{ channel, thread: id }] },
      signal: new AbortController().signal,
    });
    expect(direct.received).toMatchObject([
      { delivery: `message:${id}`, intent: { place: { channel, direct: true }, mentionsBot: true } },
    ]);
  });
});
