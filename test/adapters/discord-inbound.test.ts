import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unauthorized } from '#test/support/discord/answers.ts';
import { alertBot, bot, channels, guild, otherChannel, people, roles } from '#test/support/discord/guild.ts';
import {
  openTestHearing,
  settled,
  type TestHearing,
  workspace,
} from '#test/support/discord/open-test-hearing.ts';
import { eventually } from '#test/support/slack/team.ts';

describe('what happens in a guild', () => {
  let test: TestHearing;
  beforeAll(async () => {
    test = await openTestHearing();
  });
  afterAll(() => test[Symbol.asyncDispose]());
  const { incidents } = channels;
  const heard = async (delivery: string) => {
    await eventually(() => expect(test.received.map((one) => one.delivery)).toContain(delivery));
    return test.received.find((one) => one.delivery === delivery)?.intent;
  };
  const broadcast = (event: string, data: unknown) => test.discord.world.broadcast(event, data);
  const messageOf = async (id: string, channel: string = incidents) =>
    (await test.discord.screen.messages(channel)).find((one) => one.id === id);

  it('is a message, by whom, with their roles, where and when', async () => {
    const { id, timestamp } = await test.discord.people.say(people.rae, 'web-01 is down');
    expect(await heard(`message:${id}`)).toEqual({
      kind: 'message-posted',
      id,
      place: {
        workspace,
        channel: incidents,
        channelName: 'incidents',
        open: true,
        thread: null,
        direct: false,
      },
      speaker: { externalId: people.rae, name: 'rae', standing: 'member', groups: [roles.responders] },
      text: 'web-01 is down',
      mentionsBot: false,
      at: Date.parse(timestamp),
    });
  });

  it('is a mention, whose words are without it', async () => {
    const { id } = await test.discord.people.say(
      people.rae,
      `<@${bot.id}> <@${people.ada}> <#${incidents}> down`,
    );
    expect(await heard(`message:${id}`)).toMatchObject({
      mentionsBot: true,
      text: '@ada #incidents down',
    });
  });

  it('is an edit only when the words were edited, and the same one once', async () => {
    const { id } = await test.discord.people.say(people.rae, 'disk');
    const edited = await test.discord.people.edit(id, 'disk full on web-01');
    const at = Date.parse(edited.edited_timestamp ?? '');
    const intent = await heard(`edit:${id}:${at}`);
    expect(intent).toMatchObject({ kind: 'message-edited', id, text: 'disk full on web-01', at });
    const unfurled = { ...edited, guild_id: guild.id, embeds: [{ title: 'a link' }] };
    broadcast('MESSAGE_UPDATE', unfurled);
    broadcast('MESSAGE_UPDATE', { ...unfurled, edited_timestamp: null });
    await settled();
    expect(test.received.filter(({ delivery }) => delivery.includes(id))).toHaveLength(2);
    expect(test.missed).toEqual([]);
  });

  it('is a message that is gone, or many at once', async () => {
    const ids = await Promise.all(
      ['one', 'two', 'three'].map(async (text) => (await test.discord.people.say(people.rae, text)).id),
    );
    const [first = '', ...others] = ids;
    await test.discord.people.remove(first);
    expect(await heard(`delete:${first}`)).toMatchObject({
      kind: 'message-deleted',
      id: first,
      place: { channel: incidents, thread: null },
    });
    broadcast('MESSAGE_DELETE_BULK', { ids: others, channel_id: incidents, guild_id: guild.id });
    for (const id of others) expect(await heard(`delete:${id}`)).toMatchObject({ id });
  });

  it('is a reply in a thread, whose place is its channel and its question', async () => {
    const { id: root } = await test.discord.people.say(people.rae, 'disk full');
    await heard(`message:${root}`);
    const thread = await test.client.channels
      .fetch(incidents)
      .then((channel) => (channel?.isTextBased() ? channel.messages.fetch(root) : undefined))
      .then((message) => message?.startThread({ name: 'disk full' }));
    expect(thread?.id).toBe(root);
    const { id } = await test.discord.people.say(people.ben, 'looking', root);
    const place = { channel: incidents, channelName: 'incidents', thread: root };
    expect(await heard(`message:${id}`)).toMatchObject({ place, text: 'looking' });
    // As after a restart, when the thread is archived and nobody has told of it.
    test.client.channels.cache.delete(root);
    const { id: later } = await test.discord.people.say(people.ben, 'still looking', root);
    expect(await heard(`message:${later}`)).toMatchObject({ place, text: 'still looking' });
  });

  it('is the alert of a program, read from its embeds, each line once', async () => {
    const embeds = [
      {
        title: '[FIRING:1] DiskFull',
        description: 'web-01 is full',
        fields: [{ name: 'severity', value: 'page' }],
        footer: { text: 'Alertmanager' },
      },
    ];
    const id = await test.discord.people.sayAsWebhook('[FIRING:1] DiskFull', incidents, embeds);
    expect(await heard(`message:${id}`)).toMatchObject({
      speaker: { standing: 'bot', groups: [] },
      text: '[FIRING:1] DiskFull\nweb-01 is full\nseverity: page\nAlertmanager',
    });
    const { id: other } = await test.discord.people.say(alertBot, '', incidents, { embeds });
    expect(await heard(`message:${other}`)).toMatchObject({
      speaker: { externalId: alertBot, standing: 'bot' },
      text: expect.stringContaining('web-01 is full'),
    });
  });

  it("is neither the bot's own words, nor what Discord says, nor anything of another guild", async () => {
    const before = test.received.length;
    await test.discord.people.say(bot.id, 'I said so');
    const { id } = await test.discord.people.say(people.rae, 'joins', otherChannel);
    const message = await messageOf(id, otherChannel);
    broadcast('MESSAGE_CREATE', { ...message, id: '1', type: 7, channel_id: incidents, guild_id: guild.id });
    broadcast('MESSAGE_CREATE', { ...message, guild_id: undefined, channel_id: '799', channel_type: 1 });
    await settled();
    expect(test.received).toHaveLength(before);
    expect(test.missed).toEqual([]);
  });

  it('is a reaction on a message however old, in any skin, given and taken back', async () => {
    const card = { id: '800000000000000001', channel_id: incidents };
    await test.discord.people.say(bot.id, 'a card');
    const own = (await test.discord.screen.messages(incidents)).findLast(
      ({ author }) => author.id === bot.id,
    );
    if (!own) throw new Error('no card');
    await test.discord.people.react(people.ada, own, '👍🏽');
    await test.discord.people.unreact(people.ada, own, '👍🏽');
    const changes = () =>
      test.received.flatMap(({ intent }) =>
        intent.kind === 'reaction-changed' && intent.messageId === own.id ? [intent] : [],
      );
    await eventually(() => expect(changes()).toHaveLength(2));
    expect(changes()).toMatchObject([
      {
        emoji: '👍🏽',
        change: 'added',
        place: { channel: incidents },
        speaker: { groups: [roles.approvers] },
      },
      { emoji: '👍🏽', change: 'removed', speaker: { externalId: people.ada, groups: [roles.approvers] } },
    ]);
    const reaction = { message_id: card.id, channel_id: incidents, guild_id: guild.id };
    const emoji = { id: '5', name: 'thumbsup' };
    broadcast('MESSAGE_REACTION_ADD', { ...reaction, user_id: bot.id, emoji });
    broadcast('MESSAGE_REACTION_ADD', {
      ...reaction,
      user_id: people.rae,
      emoji,
      message_author_id: people.ben,
    });
    broadcast('MESSAGE_REACTION_REMOVE', { ...reaction, user_id: people.rae, emoji });
    await eventually(() => expect(test.received.at(-1)?.intent).toMatchObject({ messageId: card.id }));
    const ofCard = test.received.filter(({ delivery }) => delivery.startsWith(`reaction:${card.id}`));
    expect(ofCard.map(({ intent }) => intent)).toMatchObject([{ emoji: 'thumbsup:5', change: 'removed' }]);
  });

  it('is heard on after the token was refused by mistake', async () => {
    const { proxy } = test.discord;
    const taken = {
      message_id: '1',
      channel_id: incidents,
      guild_id: guild.id,
      emoji: { id: null, name: '👍' },
    };
    const missedBefore = test.missed.length;
    proxy.rules = [({ path }) => (path.endsWith(`/members/${people.vic}`) ? unauthorized : undefined)];
    broadcast('MESSAGE_REACTION_REMOVE', { ...taken, user_id: people.vic });
    await eventually(() => expect(test.missed).toHaveLength(missedBefore + 1));
    proxy.rules = [];
    broadcast('MESSAGE_REACTION_REMOVE', { ...taken, user_id: people.vic });
    await eventually(() =>
      expect(test.received.at(-1)?.intent).toMatchObject({ speaker: { externalId: people.vic } }),
    );
  });

  it('is compared anew when a moderator clears reactions to a message of the bot: whose they were is not told', async () => {
    const before = test.missed.length;
    const own = await test.discord.people.say(bot.id, 'a card');
    const other = await test.discord.people.say(people.rae, 'a vote');
    const where = { message_id: own.id, channel_id: incidents, guild_id: guild.id };
    broadcast('MESSAGE_REACTION_REMOVE_ALL', where);
    broadcast('MESSAGE_REACTION_REMOVE_EMOJI', { ...where, emoji: { id: null, name: '👍' } });
    broadcast('MESSAGE_REACTION_REMOVE_ALL', { ...where, guild_id: 'another' });
    // Other bots clear what people picked all the time, and each comparison costs very many calls.
    broadcast('MESSAGE_REACTION_REMOVE_ALL', { ...where, message_id: other.id });
    broadcast('MESSAGE_REACTION_REMOVE_ALL', { ...where, message_id: '1' });
    await settled();
    expect(test.missed.slice(before)).toEqual([guild.id, guild.id]);
  });

  it('is somebody whose roles are others now, and somebody who left', async () => {
    await test.discord.people.setRoles(people.ben, []);
    const changes = () =>
      test.received.flatMap(({ intent }) => (intent.kind === 'person-changed' ? [intent.speaker] : []));
    await eventually(() => expect(changes()).toMatchObject([{ externalId: people.ben, groups: [] }]));
    await test.discord.people.leave(people.vic);
    await eventually(() => expect(changes()).toHaveLength(2));
    expect(changes().at(-1)).toEqual({
      externalId: people.vic,
      name: 'vic',
      standing: 'deactivated',
      groups: [],
    });
  });
});

describe('what cannot be kept', () => {
  it('is read back, and nothing more comes after the end', async () => {
    await using test = await openTestHearing({ answer: () => Promise.reject(new Error('no database')) });
    await test.discord.people.say(people.rae, 'web-01 is down');
    await eventually(() => expect(test.missed).toEqual([guild.id]));
    await test.close();
    await test.discord.people.say(people.rae, 'still');
    await settled();
    expect(test.missed).toHaveLength(1);
  });

  it('is waited for at the end', async () => {
    const kept = Promise.withResolvers<{ kind: 'accepted' }>();
    await using test = await openTestHearing({ answer: () => kept.promise });
    await test.discord.people.say(people.rae, 'web-01 is down');
    await settled();
    let isClosed = false;
    const closing = test.close().then(() => {
      isClosed = true;
    });
    await settled();
    expect(isClosed).toBe(false);
    kept.resolve({ kind: 'accepted' });
    await closing;
    expect(test.received).toHaveLength(1);
  });
});
