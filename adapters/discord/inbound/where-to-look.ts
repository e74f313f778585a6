import { type APIChannel, type APIThreadList, ChannelType, type Guild, type REST, Routes } from 'discord.js';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { discordErrorCode } from '../errors.ts';
import { idTime } from './discord-message.ts';

const mostThreads = 50;
const mostChannels = 1000;
/** Unknown channel, missing access: such a channel is no conversation any more. */
const beyond: readonly unknown[] = [10_003, 50_001];

/** The channels in which people write, without threads. The bot is in every one that it may see. */
export function openChannels(guild: Guild): readonly string[] {
  const open = guild.channels.cache.filter(
    (channel) => channel.isTextBased() && !channel.isThread() && channel.viewable,
  );
  return [...open.keys()].slice(0, mostChannels);
}

/** Open threads in which something was said since, those with the newest words first, but those known to be worked in. */
export async function activeThreads(
  guild: Guild,
  rest: REST,
  { heard, since }: { readonly heard: HeardSoFar; readonly since: number },
): Promise<readonly string[]> {
  const { threads } = (await rest.get(Routes.guildActiveThreads(guild.id))) as APIThreadList;
  return threads
    .map((thread) => ({ id: thread.id, last: idTime(lastIn(thread)) }))
    .filter(({ id, last }) => last > since && !heard.threads.some(({ thread }) => thread === id))
    .toSorted((one, other) => other.last - one.last)
    .slice(0, mostThreads)
    .map(({ id }) => id);
}

function lastIn(thread: APIThreadList['threads'][number]): string {
  return 'last_message_id' in thread && typeof thread.last_message_id === 'string'
    ? thread.last_message_id
    : thread.id;
}

/** Conversations with the bot alone that it works in. Discord lists none to a bot. */
export async function directChannels(
  guild: Guild,
  rest: REST,
  { threads }: HeardSoFar,
): Promise<readonly string[]> {
  const elsewhere = new Set(
    threads.map(({ channel }) => channel).filter((id) => !guild.channels.cache.has(id)),
  );
  const found: string[] = [];
  for (const id of elsewhere) if (await isDirect(rest, id)) found.push(id);
  return found;
}

async function isDirect(rest: REST, id: string): Promise<boolean> {
  try {
    return ((await rest.get(Routes.channel(id))) as APIChannel).type === ChannelType.DM;
  } catch (error) {
    if (beyond.includes(discordErrorCode(error))) return false;
    throw error;
  }
}
