import { InteractionType } from 'discord.js';
import { commandOptions, resolvedOf } from './command-options.ts';
import { bot, channels, guild, webhook } from './guild.ts';
import { type Answered, interact, type Modal, send, type Where } from './interact.ts';
import { filledIn, modalInputs } from './modal-values.ts';
import { directChannel } from './plays/application.ts';
import { buttonsOf, type SeenMessage, wordsOf } from './screen.ts';
import { isJson, type Json, type World } from './world.ts';

/** What people do, by their ids. */
export function createPeople(world: World) {
  const { twin, broadcast } = world;
  const { prisma } = twin;
  const whereIs = async (channel: string): Promise<Where> => {
    const found = await prisma.channel.findUniqueOrThrow({ where: { id: channel } });
    return { channel, guild: found.guildId ?? '' };
  };
  const guildOf = async (channel: string) => (await whereIs(channel)).guild || undefined;

  const say = async (person: string, text: string, channel: string = channels.incidents, about: Json = {}) =>
    twin
      .channel(channel)
      .user(person)
      .sendMessage({ content: text, ...about });
  const sayAsWebhook = async (
    content: string,
    channel: string = channels.incidents,
    embeds: readonly Json[] = [],
  ) => {
    const id = String(BigInt(Date.now() - 1420070400000) << 22n);
    const made = {
      id,
      channelId: channel,
      authorId: webhook,
      content,
      embeds: JSON.stringify(embeds),
      webhookId: webhook,
    };
    await prisma.message.create({ data: made });
    const [message] = (await twin.channel(channel).getMessages()).filter((one) => one.id === id);
    broadcast('MESSAGE_CREATE', { ...message, guild_id: await guildOf(channel) });
    return id;
  };
  const edit = (messageId: string, content: string, channel: string = channels.incidents) =>
    twin.simulateUserMessageEdit({ messageId, channelId: channel, content });
  const remove = (messageId: string, channel: string = channels.incidents) =>
    twin.simulateUserMessageDelete({ messageId, channelId: channel });

  const react = async (
    person: string,
    { id, channel_id }: Pick<SeenMessage, 'id' | 'channel_id'>,
    emoji: string,
  ) => {
    const reaction = { messageId: id, userId: person, emoji };
    await prisma.reaction.upsert({
      where: { messageId_userId_emoji: reaction },
      create: reaction,
      update: {},
    });
    const guild_id = await guildOf(channel_id);
    broadcast('MESSAGE_REACTION_ADD', {
      user_id: person,
      channel_id,
      message_id: id,
      guild_id,
      member: await memberOf(person, guild_id),
      message_author_id: bot.id,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
    });
  };
  const unreact = async (
    person: string,
    { id, channel_id }: Pick<SeenMessage, 'id' | 'channel_id'>,
    emoji: string,
  ) => {
    await prisma.reaction.deleteMany({ where: { messageId: id, userId: person, emoji } });
    broadcast('MESSAGE_REACTION_REMOVE', {
      user_id: person,
      channel_id,
      message_id: id,
      guild_id: await guildOf(channel_id),
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
    });
  };

  const memberOf = async (person: string, guildId: string | undefined): Promise<Json | undefined> => {
    if (guildId === undefined) return undefined;
    const found = await prisma.guildMember.findUnique({
      where: { guildId_userId: { guildId, userId: person } },
      include: { user: true },
    });
    if (!found) return undefined;
    const { globalName, ...user } = found.user;
    return {
      user: { ...user, global_name: globalName },
      roles: JSON.parse(found.roles),
      joined_at: found.joinedAt.toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
    };
  };
  const setRoles = async (person: string, roles: readonly string[], guildId: string = guild.id) => {
    await prisma.guildMember.update({
      where: { guildId_userId: { guildId, userId: person } },
      data: { roles: JSON.stringify(roles) },
    });
    broadcast('GUILD_MEMBER_UPDATE', { guild_id: guildId, ...(await memberOf(person, guildId)) });
  };
  const leave = async (person: string, guildId: string = guild.id) => {
    const member = await memberOf(person, guildId);
    await prisma.guildMember.delete({ where: { guildId_userId: { guildId, userId: person } } });
    broadcast('GUILD_MEMBER_REMOVE', { guild_id: guildId, user: member?.user });
  };

  const buttonOn = (message: SeenMessage, verb: string) => {
    const button = buttonsOf(message).find(
      ({ custom_id }) => custom_id === verb || custom_id.startsWith(`${verb}:`),
    );
    if (!button || button.disabled) throw new Error(`No button ${verb} on: ${wordsOf(message)}`);
    return { custom_id: button.custom_id, component_type: 2 };
  };
  /** Presses the button of a verb; waits for the bot's first answer. */
  const press = async (person: string, message: SeenMessage, verb: string): Promise<Answered> =>
    interact(world, {
      type: InteractionType.MessageComponent,
      person,
      where: await whereIs(message.channel_id),
      message: message.id,
      data: buttonOn(message, verb),
    });
  /** Presses without waiting; returns the interaction's id. */
  const pressOnly = async (person: string, message: SeenMessage, verb: string): Promise<string> =>
    send(world, {
      type: InteractionType.MessageComponent,
      person,
      where: await whereIs(message.channel_id),
      message: message.id,
      data: buttonOn(message, verb),
    });
  /** Submits a modal with what it was pre-filled with, changed by `changes`, which are by input id. */
  const submit = (
    { person, where, message, data }: Modal,
    changes: Readonly<Record<string, string>> = {},
  ) => {
    const values = { ...modalInputs(data), ...changes };
    const filled = { custom_id: data.custom_id, components: filledIn(data, values) };
    return interact(world, { type: InteractionType.ModalSubmit, person, where, message, data: filled });
  };

  const commandNamed = (name: string, type: number, guildId: string): Json => {
    const all = [...(world.commands.get(guildId) ?? []), ...(world.commands.get('global') ?? [])];
    const found = all.find((command) => command.name === name && (command.type ?? 1) === type);
    if (!found) throw new Error(`No command ${name} is registered`);
    return found;
  };
  const slashData = (
    path: string,
    values: Readonly<Record<string, string>>,
    guildId: string,
    focused?: string,
  ): Json => {
    const command = commandNamed('recourse', 1, guildId);
    const words = path.split(' ').filter((word) => word !== '');
    const options = commandOptions(command, words, values, focused);
    return { id: command.id, name: command.name, type: 1, options, resolved: resolvedOf(options) };
  };
  const placeOf = async (channel: string) => {
    const where = await whereIs(channel);
    return { where, guildId: where.guild || guild.id };
  };
  /** Gives `/recourse PATH` with options by name. */
  const command = async (
    person: string,
    path: string,
    values: Readonly<Record<string, string>> = {},
    channel: string = channels.incidents,
  ): Promise<Answered> => {
    const { where, guildId } = await placeOf(channel);
    const data = slashData(path, values, guildId);
    return interact(world, { type: InteractionType.ApplicationCommand, person, where, data });
  };
  /** What is suggested while a person types an option. */
  const suggestions = async (
    person: string,
    path: string,
    option: string,
    typed: string,
    {
      others = {},
      channel = channels.incidents,
    }: { others?: Readonly<Record<string, string>>; channel?: string } = {},
  ): Promise<readonly Json[]> => {
    const { where, guildId } = await placeOf(channel);
    const data = slashData(path, { ...others, [option]: typed }, guildId, option);
    const asked = { type: InteractionType.ApplicationCommandAutocomplete, person, where, data };
    const { choices } = (await interact(world, asked)).callback.data;
    return Array.isArray(choices) ? choices.filter(isJson) : [];
  };
  /** Chooses a message command on a message. */
  const menu = async (person: string, name: string, message: Pick<SeenMessage, 'id' | 'channel_id'>) => {
    const { where, guildId } = await placeOf(message.channel_id);
    const { id } = commandNamed(name, 3, guildId);
    const [found] = (await twin.channel(message.channel_id).getMessages()).filter(
      (one) => one.id === message.id,
    );
    const resolved = { messages: { [message.id]: { ...found, mentions: [] } } };
    const data = { id, name, type: 3, target_id: message.id, resolved };
    return interact(world, { type: InteractionType.ApplicationCommand, person, where, data });
  };

  /** The channel of somebody's direct messages with the bot. */
  const direct = (person: string) => directChannel(world, person);
  const closeDirect = async (person: string) => world.closedDms.add(await direct(person));
  const setThread = (id: string, state: { readonly archived?: boolean; readonly locked?: boolean }) =>
    prisma.channel.update({ where: { id }, data: state });
  /** Somebody makes a thread on a message. */
  const startThread = async (id: string, parentId: string, name = 'thread') => {
    const guildId = (await guildOf(parentId)) ?? guild.id;
    await prisma.channel.create({
      data: { id, name, guildId, type: 11, parentId, starterMessageId: id, archiveTimestamp: new Date() },
    });
    broadcast('THREAD_CREATE', await twin.channel(id).getChannel());
  };
  /** The bot is put out of a guild, and let in again. */
  const putOut = (guildId: string) => broadcast('GUILD_DELETE', { id: guildId });
  const letIn = (guildId: string) => broadcast('GUILD_CREATE', world.guilds.get(guildId));
  return {
    say,
    sayAsWebhook,
    edit,
    remove,
    react,
    unreact,
    setRoles,
    leave,
    press,
    pressOnly,
    submit,
    command,
    suggestions,
    menu,
    direct,
    closeDirect,
    setThread,
    startThread,
    putOut,
    letIn,
  };
}

export type People = ReturnType<typeof createPeople>;
