import type { APIMessage } from 'discord.js';
import type { ThreadReaction } from '#domain/capture/thread.ts';
import type { SaidMessage } from '#ports/said-thread.ts';
import type { Names } from '../inbound/names.ts';
import { readContent } from '../inbound/read-content.ts';
import { displayName } from '../inbound/read-speaker.ts';

/** A message brings the names of the people in it; those of roles and channels only a connection knows. */
const unnamed: Names = { channel: () => undefined, role: () => undefined, botRole: () => undefined };

export function saidMessage(
  message: APIMessage,
  self: string,
  reactions: readonly ThreadReaction[],
): SaidMessage {
  const { id, author, timestamp, webhook_id } = message;
  return {
    id,
    author: author.id,
    name: displayName(author),
    isBot: author.bot === true || webhook_id !== undefined,
    at: Date.parse(timestamp),
    text: readContent(message, { guild: '', self, names: unnamed }),
    reactions,
  };
}
