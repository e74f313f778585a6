import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  ChannelType,
  type REST,
  Routes,
} from 'discord.js';
import { defaultMode, type Listening } from '#domain/hearing/listening.ts';
import { missingPermissions, permissions } from '../permissions.ts';
import { effectivePermissions } from './effective-permissions.ts';
import { readGuild } from './enter-guilds.ts';
import { type DiscordFinding, failed, ok, warning } from './finding.ts';

export interface GuildCheck {
  readonly rest: REST;
  /** The bot's own user. */
  readonly self: string;
  readonly listening: Listening;
  readonly invite: string;
}

interface Channel {
  readonly name: string;
  readonly missing: ReturnType<typeof missingPermissions>;
}

/** So many channels are named before the rest is counted. */
const mostNamed = 10;
const kinds: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];

/** Whether the bot is in a guild, and may do there, in each channel that it listens in, what it needs to do. */
export async function checkGuild(check: GuildCheck, id: string): Promise<DiscordFinding> {
  const unnamed = `discord guild ${id}`;
  try {
    const guild = await readGuild(check.rest, id);
    if (guild === undefined) return warning(unnamed, 'the bot is not in it', `Invite it: ${check.invite}`);
    const name = `discord guild ${guild.name} (${id})`;
    const channels = await readChannels(check, guild);
    return judge(name, channels, check);
  } catch (error) {
    return failed(unnamed, error);
  }
}

async function readChannels(
  { rest, self, listening }: GuildCheck,
  guild: APIGuild,
): Promise<readonly Channel[]> {
  const member = (await rest.get(Routes.guildMember(guild.id, self))) as APIGuildMember;
  const all = (await rest.get(Routes.guildChannels(guild.id))) as readonly APIChannel[];
  return all
    .filter(
      ({ type, name }) => kinds.includes(type) && defaultMode(listening, name ?? undefined) !== 'mention',
    )
    .map((channel) => {
      const overwrites = overwritesOf(channel);
      const given = effectivePermissions(guild, { user: self, roles: member.roles }, overwrites);
      return { name: channel.name ?? channel.id, missing: missingPermissions(given) };
    });
}

const overwritesOf = (channel: APIChannel): readonly APIOverwrite[] =>
  'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];

function judge(
  name: string,
  channels: readonly Channel[],
  { listening, invite }: GuildCheck,
): DiscordFinding {
  // Where no channels are named it listens in those that it sees; it was not let into the others.
  const meant =
    listening === 'invited' ? channels.filter(({ missing }) => !missing.includes('ViewChannel')) : channels;
  if (meant.length === 0)
    return warning(
      name,
      'the bot sees no channel that it would listen in',
      'Give its role View Channel where problems are told, and see RECOURSE_CHANNELS.',
    );
  const lacking = meant.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return ok(name, `all permissions are given in ${meant.length} channels`);
  return warning(
    name,
    describe(lacking),
    `Give the bot's role what is missing, in the settings of the channel or the server, or invite it again: ${invite}`,
  );
}

function describe(lacking: readonly Channel[]): string {
  const lines = lacking.slice(0, mostNamed).map(({ name, missing }) => {
    const without = missing.map((permission) => `${permission} (${permissions[permission]})`);
    return `#${name} lacks ${without.join(', ')}`;
  });
  const more = lacking.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more channels`] : [])].join('\n');
}
