import {
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Partials,
  REST,
  Routes,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outOfService, rateLimited } from '#test/support/discord/answers.ts';
import {
  alertBot,
  bot,
  botToken,
  channels,
  guild,
  people,
  roles,
  rolesOf,
} from '#test/support/discord/guild.ts';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { permission } from '#test/support/discord/plays/permissions.ts';
import { buttonsOf, type SeenMessage, wordsOf } from '#test/support/discord/screen.ts';
import { eventually } from '#test/support/slack/team.ts';

const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.GuildMessageReactions,
];
const button = { type: 1, components: [{ type: 2, style: 1, label: 'Use', custom_id: 'use:1' }] };
const commands = [
  {
    name: 'recourse',
    description: 'Ask',
    options: [
      {
        type: 1,
        name: 'run',
        description: 'Run one',
        options: [{ type: 3, name: 'runbook', description: 'Which', required: true, autocomplete: true }],
      },
    ],
  },
  { name: 'Save thread as case', type: 3 },
];

describe('the Discord server for tests, over REST', () => {
  let discord: LocalDiscord;
  let rest: REST;
  beforeEach(async () => {
    discord = await startLocalDiscord();
    rest = new REST({ api: discord.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken(botToken);
  });
  afterEach(() => discord[Symbol.asyncDispose]());

  const post = (channel: string, body: unknown) =>
    rest.post(Routes.channelMessages(channel), { body }) as Promise<SeenMessage>;

  it('takes one token alone, and lets a test say no for a route and for all', async () => {
    expect(await rest.get(Routes.user())).toMatchObject({ id: bot.id });
    await expect(
      new REST({ api: discord.apiUrl }).setToken('another').get(Routes.user()),
    ).rejects.toMatchObject({
      status: 401,
    });
    discord.proxy.rules = [
      ({ route, number }) => (route === 'GET /users/@me' && number === 3 ? rateLimited(0.1) : undefined),
    ];
    await expect(rest.get(Routes.user())).rejects.toMatchObject({
      global: false,
      scope: 'user',
    });
    discord.proxy.rules = [() => rateLimited(0.1, 'global')];
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ global: true });
  });

  it('may do what it was asked and lose the answer, or not do it', async () => {
    discord.proxy.rules = [() => outOfService];
    await expect(post(channels.incidents, { content: 'not done' })).rejects.toMatchObject({ status: 503 });
    discord.proxy.rules = [() => ({ ...outOfService, afterEffect: true })];
    await expect(post(channels.incidents, { content: 'done' })).rejects.toMatchObject({ status: 503 });
    expect((await discord.screen.messages(channels.incidents)).map(({ content }) => content)).toEqual([
      'done',
    ]);
  });

  it('makes one message of one nonce', async () => {
    const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
    expect((await post(channels.incidents, body)).id).toBe((await post(channels.incidents, body)).id);
    expect(await discord.screen.messages(channels.incidents)).toHaveLength(1);
  });

  it('gives a thread the id of its message, refuses a second one and a locked one', async () => {
    const { id } = await discord.people.say(people.rae, 'the disk is full');
    const start = () => rest.post(Routes.threads(channels.incidents, id), { body: { name: 'disk' } });
    await expect(post(id, { content: 'too early' })).rejects.toMatchObject({ code: 10003 });
    expect(await start()).toMatchObject({ id, parent_id: channels.incidents });
    await expect(start()).rejects.toMatchObject({ code: 160004 });
    await discord.people.setThread(id, { archived: true });
    expect(await rest.get(`/channels/${channels.incidents}/threads/archived/public`)).toMatchObject({
      threads: [{ id }],
    });
    await post(id, { content: 'opens it' });
    await discord.people.setThread(id, { archived: true, locked: true });
    await expect(post(id, { content: 'too late' })).rejects.toMatchObject({ code: 160005 });
    expect((await discord.screen.messages(id)).map(({ content }) => content)).toEqual([
      'the disk is full',
      'opens it',
    ]);
  });

  it('keeps to limits, permissions and authors', async () => {
    const tooLong = { content: 'x'.repeat(2001) };
    await expect(post(channels.incidents, tooLong)).rejects.toMatchObject({ code: 50035 });
    discord.world.denied.set(channels.general, permission.sendMessages);
    await expect(post(channels.general, { content: 'hi' })).rejects.toMatchObject({ code: 50013 });
    expect(await rest.get(Routes.channel(channels.general))).toMatchObject({
      permission_overwrites: [{ id: bot.id, deny: String(permission.sendMessages) }],
    });
    const { id } = await discord.people.say(people.rae, 'mine');
    const edit = rest.patch(Routes.channelMessage(channels.incidents, id), { body: { content: 'yours' } });
    await expect(edit).rejects.toMatchObject({ code: 50005 });
  });

  it('takes files, and notes who would be called', async () => {
    const files = [{ name: 'output.txt', data: 'many lines' }];
    const body = { content: '<@1> @everyone' };
    await rest.post(Routes.channelMessages(channels.incidents), { body, files });
    await post(channels.incidents, { ...body, allowed_mentions: { parse: [] } });
    const [first] = await discord.screen.messages(channels.incidents);
    expect(first?.files).toMatchObject([{ name: 'output.txt', text: 'many lines' }]);
    expect(discord.world.pings.map(({ who }) => who)).toEqual(['1', 'everyone']);
  });

  it('lists the newest first with who reacted, and the commands as they were put', async () => {
    await discord.people.say(people.rae, 'one');
    const second = await discord.people.say(people.rae, `<@${bot.id}> two`);
    await discord.people.react(people.ada, second, '👍');
    const query = new URLSearchParams({ after: '0', limit: '2' });
    const listed = (await rest.get(Routes.channelMessages(channels.incidents), { query })) as SeenMessage[];
    expect(listed.map(({ content }) => content)).toEqual([`<@${bot.id}> two`, 'one']);
    expect(listed[0]).toMatchObject({
      mentions: [{ id: bot.id }],
      reactions: [{ count: 1, emoji: { name: '👍' } }],
    });
    const reactions = Routes.channelMessageReaction(channels.incidents, second.id, encodeURIComponent('👍'));
    expect(await rest.get(reactions)).toMatchObject([{ id: people.ada }]);
    await discord.people.unreact(people.ada, second, '👍');
    expect(await rest.get(reactions)).toEqual([]);

    await rest.put(Routes.applicationGuildCommands(bot.id, guild.id), { body: commands });
    expect(await rest.get(Routes.applicationGuildCommands(bot.id, guild.id))).toMatchObject(commands);
  });

  it('knows members, their roles, and those who left', async () => {
    const member = () => rest.get(Routes.guildMember(guild.id, people.ada));
    expect(await member()).toMatchObject({ roles: rolesOf.ada });
    await discord.people.setRoles(people.ada, [roles.responders]);
    expect(await member()).toMatchObject({ roles: [roles.responders] });
    await discord.people.leave(people.ada);
    await expect(member()).rejects.toMatchObject({ code: 10007 });
  });
});

describe('the Discord server for tests, with a client', () => {
  let discord: LocalDiscord;
  let client: Client;
  beforeEach(async () => {
    discord = await startLocalDiscord();
    client = new Client({
      intents: [...intents, GatewayIntentBits.DirectMessages],
      partials: [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User],
      rest: { api: discord.apiUrl },
    });
    await Promise.all([new Promise((done) => client.once(Events.ClientReady, done)), client.login(botToken)]);
  });
  afterEach(async () => {
    await client.destroy();
    await discord[Symbol.asyncDispose]();
  });
  const heard = () => {
    const said: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => said.push(content));
    return said;
  };

  const onInteraction = (handle: (interaction: Interaction) => Promise<unknown>) =>
    client.on(Events.InteractionCreate, (interaction) => void handle(interaction));

  it('tells what is said, by whom, and in direct messages', async () => {
    const said = heard();
    await discord.people.say(people.rae, 'hello');
    await discord.people.say(alertBot, 'alert');
    await discord.people.sayAsWebhook('hook');
    await discord.people.say(people.rae, 'in private', await discord.people.direct(people.rae));
    await eventually(() => expect(said).toEqual(['hello', 'alert', 'hook', 'in private']));
  });

  it('replays what a resumed connection missed', async () => {
    const said = heard();
    expect(discord.proxy.gateway.cut()).toBe(1);
    await discord.people.say(people.rae, 'while away');
    await eventually(() => expect(said).toEqual(['while away']));
    expect(discord.proxy.gateway.log.map(({ kind }) => kind)).toEqual(['identified', 'resumed']);
  });

  it('makes the bot identify anew where resuming is refused, and replays nothing', async () => {
    const said = heard();
    discord.proxy.resume = 'refused';
    discord.proxy.gateway.cut();
    await discord.people.say(people.rae, 'while away');
    const kinds = () => discord.proxy.gateway.log.map(({ kind }) => kind);
    await eventually(() => expect(kinds()).toEqual(['identified', 'refused', 'identified']));
    await discord.people.say(people.rae, 'back');
    await eventually(() => expect(said).toEqual(['back']));
  });

  it('shows the answer to a press to one person, and leaves the message with the button as it is', async () => {
    onInteraction(async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('for you');
      await interaction.followUp({ content: 'and this', flags: MessageFlags.Ephemeral });
    });
    await client.rest.post(Routes.channelMessages(channels.incidents), {
      body: { content: 'choose', components: [button] },
    });
    const [card] = await discord.screen.messages(channels.incidents);
    if (!card) throw new Error('no card');
    const answered = await discord.people.press(people.ada, card, 'use');
    expect(answered.callback.ms).toBeLessThan(3000);
    await eventually(async () =>
      expect((await discord.screen.ephemerals(people.ada)).map(wordsOf)).toEqual(['for you', 'and this']),
    );
    expect(await discord.screen.ephemerals(people.rae)).toEqual([]);
    const [still] = await discord.screen.messages(channels.incidents);
    expect(buttonsOf(still ?? card)).toEqual([{ custom_id: 'use:1', label: 'Use', disabled: false }]);
    expect(await client.rest.get(Routes.channelMessages(channels.incidents))).toHaveLength(1);
  });

  it('refuses a second acknowledgement', async () => {
    const codes: unknown[] = [];
    onInteraction(async (interaction) => {
      const answer = () =>
        client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
          body: { type: 5 },
        });
      await answer();
      await answer().catch((error: { code: unknown }) => codes.push(error.code));
    });
    await client.rest.put(Routes.applicationCommands(bot.id), { body: commands });
    const { id } = await discord.people.say(people.rae, 'save me');
    await discord.people.menu(people.rae, 'Save thread as case', { id, channel_id: channels.incidents });
    await eventually(() => expect(codes).toEqual([40060]));
  });

  it('has commands with suggestions, and modals that come back filled in', async () => {
    const entered: string[] = [];
    onInteraction(async (interaction) => {
      if (interaction.isAutocomplete())
        await interaction.respond([{ name: 'Disk full', value: 'disk-full' }]);
      if (interaction.isChatInputCommand())
        await interaction.showModal({
          custom_id: 'run:1',
          title: 'Run',
          components: [
            { type: 18, label: 'Host', component: { type: 4, style: 1, custom_id: 'host', value: 'web-01' } },
          ],
        });
      if (!interaction.isModalSubmit()) return;
      entered.push(interaction.fields.getTextInputValue('host'));
      await interaction.reply({ content: 'thanks', flags: MessageFlags.Ephemeral });
    });
    await client.rest.put(Routes.applicationCommands(bot.id), { body: commands });
    expect(await discord.people.suggestions(people.rae, 'run', 'runbook', 'di')).toEqual([
      { name: 'Disk full', value: 'disk-full' },
    ]);
    await expect(discord.people.command(people.rae, 'run')).rejects.toThrow('has to be filled in');
    const { modal } = await discord.people.command(people.rae, 'run', { runbook: 'disk-full' });
    if (!modal) throw new Error('no modal');
    await discord.people.submit(modal);
    await discord.people.submit(modal, { host: 'web-02' });
    expect(entered).toEqual(['web-01', 'web-02']);
  });

  it('turns away a bot whose application may not read messages', async () => {
    discord.world.application = { flags: 0 };
    const refused = new Client({ intents, rest: { api: discord.apiUrl } });
    await expect(refused.login(botToken)).rejects.toThrow(/disallowed intents/i);
    await refused.destroy();
  });
});
