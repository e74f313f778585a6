import { type APIGuildMember, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Speaker } from '#domain/intent.ts';
import { discordErrorCode, discordFault } from '../errors.ts';
import { memberSpeaker } from './read-speaker.ts';

/** What an event does not tell of a person counts this long. */
const freshMs = 60_000;
const most = 5000;
const unknownMember = 10007;
const unknownUser = 10013;

/** Who people are, where what they did does not say it. */
export interface Directory {
  /** Somebody who left is `deactivated`. Throws a Fault when Discord does not answer. */
  speaker(guild: string, user: string): Promise<Speaker>;
  /** This person is asked about anew when that is needed next. */
  forget(guild: string, user: string): void;
}

export function createDirectory(rest: REST): Directory {
  const cache = new LRUCache<string, Speaker>({ max: most, ttl: freshMs });
  const keyOf = (guild: string, user: string): string => `${guild}/${user}`;
  return {
    speaker: async (guild, user) => {
      const known = cache.get(keyOf(guild, user));
      if (known) return known;
      const asOf = Date.now();
      const speaker = { ...(await askMember(rest, guild, user)), asOf };
      cache.set(keyOf(guild, user), speaker);
      return speaker;
    },
    forget: (guild, user) => void cache.delete(keyOf(guild, user)),
  };
}

async function askMember(rest: REST, guild: string, user: string): Promise<Speaker> {
  try {
    const member = (await rest.get(Routes.guildMember(guild, user))) as APIGuildMember;
    return memberSpeaker(member.user, member);
  } catch (error) {
    const code = discordErrorCode(error);
    if (code !== unknownMember && code !== unknownUser) throw discordFault(error);
    return { externalId: user, name: user, standing: 'deactivated', groups: [] };
  }
}
