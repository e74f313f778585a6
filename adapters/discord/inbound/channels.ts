import {
  type APIChannel,
  type APIMessage,
  ChannelType,
  type Client,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import { discordErrorCode, discordFault } from '../errors.ts';
import type { Names } from './names.ts';

const most = 5000;
const unknownMessage = 10008;

/** Where a channel of Discord is for the core. A thread is a channel of its own there. */
export interface Located {
  /** Of a thread its parent's id. */
  readonly channel: string;
  /** Null outside a thread. */
  readonly thread: string | null;
  /** The name of `channel`, where it is known. */
  readonly channelName: string | undefined;
  /** Whether everybody of the guild may read along in `channel`, as far as the connection told. */
  readonly open: boolean | undefined;
}

export interface Channels {
  /** Throws a Fault when the channel is not known and Discord does not tell. */
  locate(id: string): Promise<Located>;
  /** The same of a channel that came with an interaction. */
  place(channel: Described): Located;
  /** A message; undefined when it is gone. Throws a Fault when Discord does not tell. */
  message(channel: string, id: string): Promise<APIMessage | undefined>;
}

interface Described {
  readonly id: string;
  readonly type?: ChannelType;
  readonly parent_id?: string | null | undefined;
}

const threads: readonly (ChannelType | undefined)[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

/** Threads that are archived are not among what a connection begins with, so those are asked for. A thread never moves. */
export function createChannels(client: Client, rest: REST, names: Pick<Names, 'channel'>): Channels {
  const asked = new LRUCache<string, Described>({ max: most });
  const within = (channel: string, thread: string | null): Located => ({
    channel,
    thread,
    channelName: names.channel(channel),
    open: isOpen(client, channel),
  });
  const place: Channels['place'] = ({ id, type, parent_id }) =>
    threads.includes(type) && parent_id ? within(parent_id, id) : within(id, null);
  return {
    place,
    message: (channel, id) => askMessage(rest, channel, id),
    locate: async (id) => {
      const known = client.channels.cache.get(id);
      if (known) return known.isThread() && known.parentId ? within(known.parentId, id) : within(id, null);
      const channel = asked.get(id) ?? (await ask(rest, id));
      asked.set(id, channel);
      return place(channel);
    },
  };
}

function isOpen(client: Client, id: string): boolean | undefined {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased() || channel.isThread()) return undefined;
  const everybody = channel.guild.roles.cache.get(channel.guild.id);
  return everybody && channel.permissionsFor(everybody).has(PermissionFlagsBits.ViewChannel);
}

async function ask(rest: REST, id: string): Promise<Described> {
  try {
    return (await rest.get(Routes.channel(id))) as Described & APIChannel;
  } catch (error) {
    throw discordFault(error);
  }
}

async function askMessage(rest: REST, channel: string, id: string): Promise<APIMessage | undefined> {
  try {
    return (await rest.get(Routes.channelMessage(channel, id))) as APIMessage;
  } catch (error) {
    if (discordErrorCode(error) === unknownMessage) return undefined;
    throw discordFault(error);
  }
}
