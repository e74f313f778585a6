import { MessageFlags, MessageType } from 'discord.js';
import type { MessagePosted } from '#domain/intent.ts';
import type { DiscordMessage } from './discord-message.ts';
import type { Heard } from './hearing.ts';
import { readContent } from './read-content.ts';
import { placeOfMessage, readPlace } from './read-place.ts';
import { authorOf } from './read-speaker.ts';
import { callsBot } from './read-text.ts';
import { type Reading, type Tenant, tenantOf } from './reading.ts';

/** The kinds of message in which somebody says something; the others tell of joins, pins, new threads and the like. */
const spoken: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

/** A new message, with the same delivery id when it is read back after a gap. */
export async function readMessage(reading: Reading, message: DiscordMessage): Promise<Heard | undefined> {
  const said = await readSaid(reading, message);
  return said && { intent: { kind: 'message-posted', ...said }, delivery: `message:${message.id}` };
}

/** An edit of the words. Discord also tells of unfurled links, pins and new threads this way, without a new time of edit. */
export async function readEdit(reading: Reading, message: DiscordMessage): Promise<Heard | undefined> {
  if (!message.edited_timestamp) return undefined;
  const at = Date.parse(message.edited_timestamp);
  const said = await readSaid(reading, message);
  return said && { intent: { kind: 'message-edited', ...said, at }, delivery: `edit:${message.id}:${at}` };
}

interface Gone {
  readonly id: string;
  readonly channel_id: string;
  readonly guild_id?: string;
}

/** A message that is gone. Discord says neither whose it was nor who deleted it. */
export async function readGone(
  reading: Reading,
  { id, channel_id, guild_id }: Gone,
): Promise<Heard | undefined> {
  const tenant = tenantOf(reading, guild_id);
  if (!tenant) return undefined;
  const speaker = { externalId: 'unknown', name: 'somebody', standing: 'stranger', groups: [] } as const;
  const place = await readPlace(reading, channel_id, tenant);
  const intent = { kind: 'message-deleted', place, speaker, id, at: Date.now() } as const;
  return { intent, delivery: `delete:${id}` };
}

async function readSaid(
  reading: Reading,
  message: DiscordMessage,
): Promise<Omit<MessagePosted, 'kind'> | undefined> {
  const tenant = tenantOf(reading, message.guild_id);
  if (!tenant || !isSaid(message, reading.self)) return undefined;
  const [speaker, place] = await Promise.all([
    authorOf(reading, message, tenant),
    placeOfMessage(reading, message, tenant),
  ]);
  if (tenant.direct && speaker.standing === 'deactivated') return undefined;
  return {
    place,
    speaker,
    id: message.id,
    ...wordsOf(reading, message, tenant),
    at: Date.parse(message.timestamp),
  };
}

function wordsOf({ self, names }: Reading, message: DiscordMessage, { guild, direct }: Tenant) {
  const knowledge = { self, names, guild };
  return {
    text: readContent(message, knowledge),
    mentionsBot: direct || callsBot(message.content, knowledge),
  };
}

/** What is shown to one person alone is an answer to something that was heard already. */
export function isSaid(
  { type, author, flags }: Pick<DiscordMessage, 'type' | 'author' | 'flags'>,
  self: string,
): boolean {
  return spoken.includes(type) && author.id !== self && ((flags ?? 0) & MessageFlags.Ephemeral) === 0;
}
