import { GatewayIntentBits } from 'discord.js';
import { bot, people } from './guild.ts';
import { mentionsIn } from './mentions.ts';
import { isEphemeral } from './plays/messages.ts';
import { withOverwrites } from './plays/permissions.ts';
import { isJson, type Json, type World } from './world.ts';

/** What one connection gets: its intents, and where it is told to come back to. */
export interface Listener {
  readonly intents: number;
  readonly gatewayUrl: string;
}

/** What the server dispatches, as Discord would; undefined for what Discord keeps from this listener. */
export function mendDispatch(event: string, data: Json, world: World, listener: Listener): Json | undefined {
  const direct = data.guild_id === '' || data.guild_id === undefined;
  if (!mayHear(event, direct, listener)) return undefined;
  return (menders[event] ?? asItIs)(data, world, listener);
}

type Mender = (data: Json, world: World, listener: Listener) => Json | undefined;
const asItIs: Mender = withoutEmptyGuild;

/** Which intent an event needs, in a guild and in a direct message (discord.com/developers/docs/events/gateway). */
const needs: readonly (readonly [pattern: RegExp, guild: number, direct: number])[] = [
  [/^MESSAGE_REACTION/, GatewayIntentBits.GuildMessageReactions, GatewayIntentBits.DirectMessageReactions],
  [/^MESSAGE_/, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  [/^GUILD_MEMBER/, GatewayIntentBits.GuildMembers, 0],
  [/^(THREAD|CHANNEL|GUILD)_/, GatewayIntentBits.Guilds, 0],
];

function mayHear(event: string, direct: boolean, { intents }: Listener): boolean {
  const need = needs.find(([pattern]) => pattern.test(event));
  if (!need) return true;
  const [, inGuild, inDirect] = need;
  const inDirectMessage = event.startsWith('MESSAGE_') && direct;
  const bit = inDirectMessage ? inDirect : inGuild;
  return (intents & bit) !== 0;
}

function withoutEmptyGuild({ guild_id, ...data }: Json): Json {
  return guild_id === '' || guild_id === undefined ? data : { ...data, guild_id };
}

const menders: Readonly<Record<string, Mender>> = {
  READY: (data, { application }, { gatewayUrl }) => ({
    ...data,
    resume_gateway_url: gatewayUrl,
    application: { ...(isJson(data.application) ? data.application : {}), ...onlyFlags(application) },
  }),
  GUILD_CREATE: (data, world) => {
    world.guilds.set(String(data.id), data);
    const all = Array.isArray(data.channels) ? data.channels.filter(isJson) : [];
    const isThread = ({ type }: Json) => Number(type) >= 10 && Number(type) <= 12;
    return {
      ...data,
      channels: all.filter((one) => !isThread(one)).map((one) => withOverwrites(one, world)),
      threads: all.filter((one) => isThread(one) && !isArchived(one)),
    };
  },
  MESSAGE_CREATE: asMessage,
  MESSAGE_UPDATE: asMessage,
  INTERACTION_CREATE: (data, world) => {
    const token = String(data.token);
    const { member, guild_id, ...rest } = data;
    const direct = partnerIn(String(data.channel_id), world);
    const person = world.interactions.get(token)?.person ?? direct ?? personOf(data);
    world.interactions.set(token, { id: String(data.id), person, at: performance.now() });
    if (direct === undefined) return data;
    return { ...rest, context: 1, user: userOf(person) };
  },
};

const onlyFlags = ({ flags }: Json): Json => (flags === undefined ? {} : { flags });
const isArchived = ({ thread_metadata }: Json): boolean =>
  isJson(thread_metadata) && thread_metadata.archived === true;

/** Whose direct messages a channel holds. */
const partnerIn = (channel: string, { dms }: World): string | undefined =>
  [...dms].find(([, id]) => id === channel)?.[0];

const personOf = ({ member }: Json): string =>
  isJson(member) && isJson(member.user) ? String(member.user.id) : '';

/** What single people see is told to no gateway; what is said needs an intent of its own to be read. */
function asMessage(data: Json, _world: World, { intents }: Listener): Json | undefined {
  if (isEphemeral(data)) return undefined;
  const { users, everyone } = mentionsIn(String(data.content));
  const told = {
    ...withoutEmptyGuild(data),
    ...(data.guild_id === '' ? { channel_type: 1 } : {}),
    mentions: users.map(userOf),
    mention_everyone: everyone,
  };
  const own = isJson(data.author) && data.author.id === bot.id;
  const readable = (intents & GatewayIntentBits.MessageContent) !== 0;
  if (readable || own || data.guild_id === '' || users.includes(bot.id)) return told;
  return { ...told, content: '', embeds: [], attachments: [], components: [] };
}

function userOf(id: string): Json {
  const name = Object.entries({ ...people, [bot.name]: bot.id }).find(([, known]) => known === id)?.[0] ?? id;
  return { id, username: name, global_name: name, discriminator: '0', avatar: null, bot: id === bot.id };
}
