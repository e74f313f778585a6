import { type APIMessage, type APIUser, type REST, type ReactionType, Routes } from 'discord.js';
import { idTime } from './discord-message.ts';

/** As many as Discord gives at a time. */
const page = 100;
const mostMessages = 200;

/** What Discord still has of a channel or a thread. Throws what the SDK throws. */
export interface History {
  /**
   * The newest messages, oldest first: at least one page, and those since a time (milliseconds since the epoch), at most
   * 200.
   */
  newest(channel: string, since: number): Promise<readonly APIMessage[]>;
  /** The same of a thread, and its first page. */
  thread(thread: string, since: number): Promise<readonly APIMessage[]>;
  /** Who gave a reaction: the first 100 of them. A person's super reaction is told apart from their plain one. */
  reactors(channel: string, message: string, emoji: string, type: ReactionType): Promise<readonly APIUser[]>;
}

export function createHistory(rest: REST, signal: AbortSignal): History {
  const get = async (route: `/${string}`, query: Readonly<Record<string, string>>): Promise<unknown> => {
    signal.throwIfAborted();
    return rest.get(route, { query: new URLSearchParams(query), signal });
  };
  const read = async (channel: string, query: Readonly<Record<string, string>>) => {
    const messages = await get(Routes.channelMessages(channel), { limit: String(page), ...query });
    return (messages as APIMessage[]).toSorted(byAge);
  };
  const newest: History['newest'] = async (channel, since) => {
    let got = await read(channel, {});
    let all = got;
    while (isMoreWanted(all, got, since)) {
      got = await read(channel, { before: all[0]?.id ?? '' });
      all = [...got, ...all];
    }
    return all;
  };
  return {
    newest,
    thread: async (thread, since) => {
      const end = await newest(thread, since);
      const [oldest] = end;
      if (!oldest || end.length < page) return end;
      const beginning = await read(thread, { after: String(BigInt(thread) - 1n) });
      return [...beginning.filter((message) => byAge(message, oldest) < 0), ...end];
    },
    reactors: async (channel, message, emoji, type) =>
      (await get(Routes.channelMessageReaction(channel, message, encodeURIComponent(emoji)), {
        limit: String(page),
        type: String(type),
      })) as APIUser[],
  };
}

function isMoreWanted(all: readonly APIMessage[], got: readonly APIMessage[], since: number): boolean {
  const [oldest] = all;
  return (
    oldest !== undefined && got.length === page && all.length < mostMessages && idTime(oldest.id) > since
  );
}

/** Ids grow with time. */
const byAge = (one: APIMessage, other: APIMessage): number => (BigInt(one.id) < BigInt(other.id) ? -1 : 1);
