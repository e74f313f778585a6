import type { APIUser } from 'discord.js';
import type { Speaker } from '#domain/intent.ts';
import type { DiscordMessage } from './discord-message.ts';
import type { Reading, Tenant } from './reading.ts';

type Account = Pick<APIUser, 'id' | 'username' | 'global_name' | 'bot' | 'system'>;

/** What events, interactions and answers tell of a member alike. */
interface Member {
  readonly nick?: string | null;
  readonly roles: readonly string[];
  readonly pending?: boolean;
}

/** Somebody of a guild. Who has not passed the guild's screening may not even speak everywhere yet: a guest. */
export function memberSpeaker(user: Account, { nick, roles, pending }: Member): Speaker {
  if (isProgram(user)) return programSpeaker(user);
  return {
    externalId: user.id,
    name: nick || displayName(user),
    standing: pending ? 'guest' : 'member',
    groups: roles,
  };
}

/** Who wrote a message. Messages that are read back, and those in private, do not say what their author is in the guild. */
export async function authorOf(
  { directory }: Pick<Reading, 'directory'>,
  { author, webhook_id, member }: DiscordMessage,
  { guild }: Tenant,
): Promise<Speaker> {
  if (webhook_id !== undefined || isProgram(author)) return programSpeaker(author);
  return member ? memberSpeaker(author, member) : directory.speaker(guild, author.id);
}

const isProgram = ({ bot, system }: Account): boolean => bot === true || system === true;

/** Whatever roles a program was given: its words are data. */
function programSpeaker(user: Account): Speaker {
  return { externalId: user.id, name: displayName(user), standing: 'bot', groups: [] };
}

export function displayName({ global_name, username }: Pick<APIUser, 'global_name' | 'username'>): string {
  return global_name || username;
}
