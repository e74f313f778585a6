import { Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { postButtons } from '#test/support/discord/buttons.ts';
import { channels, people, roles } from '#test/support/discord/guild.ts';
import { openTestHearing, settled } from '#test/support/discord/open-test-hearing.ts';
import { wordsOf } from '#test/support/discord/screen.ts';
import { eventually } from '#test/support/slack/team.ts';

it('direct messages of members are heard where they are turned on, and what answers what belongs together', async () => {
  await using test = await openTestHearing({ directMessages: true });
  const { people: act } = test.discord;
  const channel = await act.direct(people.rae);
  const { id: root } = await act.say(people.rae, 'web-01 is down', channel);
  const heard = (id: string) => test.received.find(({ delivery }) => delivery === `message:${id}`)?.intent;
  await eventually(() =>
    expect(heard(root)).toMatchObject({
      place: { channel, thread: null, direct: true },
      mentionsBot: true,
      speaker: { externalId: people.rae, standing: 'member', groups: [roles.responders] },
    }),
  );
  const answer = { content: 'an answer', message_reference: { message_id: root } };
  const { id: answered } = (await test.client.rest.post(Routes.channelMessages(channel), {
    body: answer,
  })) as {
    readonly id: string;
  };
  const messageReference = { type: 0, message_id: answered, channel_id: channel };
  const { id: more } = await act.say(people.rae, 'and web-02', channel, { messageReference });
  await eventually(() =>
    expect(heard(more)).toMatchObject({ place: { channel, thread: root, direct: true } }),
  );

  const card = await postButtons(test.client, test.discord, channel, ['approve:1']);
  await act.press(people.rae, card, 'approve');
  await eventually(() =>
    expect(test.received.at(-1)?.intent).toMatchObject({
      kind: 'button-pressed',
      place: { channel, thread: card.id, direct: true },
      speaker: { groups: [roles.responders] },
    }),
  );
  await act.react(people.rae, card, '👍');
  await eventually(() =>
    expect(test.received.at(-1)?.intent).toMatchObject({
      kind: 'reaction-changed',
      place: { channel, direct: true },
    }),
  );
});

it('direct messages of somebody who is not in the guild are not heard, and their commands are refused', async () => {
  await using test = await openTestHearing({ directMessages: true });
  const { people: act } = test.discord;
  const channel = await act.direct(people.vic);
  await act.leave(people.vic);
  await eventually(() => expect(test.received.map(({ intent }) => intent.kind)).toEqual(['person-changed']));
  await act.say(people.vic, 'web-01 is down', channel);
  await act.command(people.vic, 'runs', {}, channel);
  await eventually(async () =>
    expect((await test.discord.screen.ephemerals(people.vic)).map(wordsOf).join()).toContain('private'),
  );
  await settled();
  expect(test.received).toHaveLength(1);
  expect(test.missed).toEqual([]);
});

it('direct messages are not heard where they are not turned on', async () => {
  await using test = await openTestHearing();
  const { people: act } = test.discord;
  const channel = await act.direct(people.rae);
  await act.command(people.rae, 'runs', {}, channel);
  await eventually(async () =>
    expect((await test.discord.screen.ephemerals(people.rae)).map(wordsOf).join()).toContain('in private'),
  );
  test.discord.world.broadcast('MESSAGE_DELETE', { id: '5', channel_id: channel });
  await act.say(people.rae, 'heard', channels.incidents);
  await eventually(() =>
    expect(test.received.map(({ intent }) => intent)).toMatchObject([{ text: 'heard' }]),
  );
});
