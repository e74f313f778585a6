import type { APIUser } from 'discord.js';
import type { DiscordMessage } from './discord-message.ts';
import type { Names } from './names.ts';
import { displayName } from './read-speaker.ts';

/** Who is who in a text. */
export interface TextKnowledge {
  readonly guild: string;
  /** The bot itself. */
  readonly self: string;
  readonly names: Names;
  readonly mentions: DiscordMessage['mentions'];
}

/** What Discord writes between angle brackets; anything else between them is just that. */
const special =
  /<(?:(@!?|@&|#)(\d{1,20})|(a?):(\w{2,32}):\d{1,20}|\/([^<>:]{1,100}):\d{1,20}|t:(-?\d{1,13})(?::\w)?|([a-z][a-z\d+.-]{0,20}:\/\/[^<>\s]{1,3000}))>/gi;

/**
 * The text of a message as a person reads it: names for mentions, `:name:` for emoji of the guild, plain times and
 * addresses. Mentions of the bot are taken out: they say to whom, not what.
 * Source: discord.com/developers/docs/reference, "Message Formatting"
 */
export function readText(text: string, knowledge: TextKnowledge): string {
  return text
    .replace(special, (whole, sign, id, _animated, emoji, command, time, address) => {
      if (sign !== undefined) return nameFor(sign, id, knowledge);
      if (emoji !== undefined) return `:${emoji}:`;
      if (command !== undefined) return `/${command}`;
      return time === undefined ? address : timeFor(Number(time), whole);
    })
    .trim();
}

/** Whether the words call the bot: by itself or by its own role. That Discord pings it with a reply is no call. */
export function callsBot(text: string, { self, guild, names }: Omit<TextKnowledge, 'mentions'>): boolean {
  const role = names.botRole(guild);
  return [`<@${self}>`, `<@!${self}>`, ...(role === undefined ? [] : [`<@&${role}>`])].some((call) =>
    text.includes(call),
  );
}

function nameFor(sign: string, id: string, { guild, self, names, mentions }: TextKnowledge): string {
  if (sign === '#') return `#${names.channel(id) ?? id}`;
  if (sign === '@&') return id === names.botRole(guild) ? ' ' : `@${names.role(guild, id) ?? id}`;
  return id === self ? ' ' : `@${userName(mentions, id) ?? id}`;
}

function userName(mentions: DiscordMessage['mentions'], id: string): string | undefined {
  const user: (APIUser & { readonly member?: { readonly nick?: string | null } }) | undefined = mentions.find(
    (one) => one.id === id,
  );
  return user && (user.member?.nick || displayName(user));
}

/** Times that no calendar has are left as they were written. */
function timeFor(seconds: number, whole: string): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? whole : time.toISOString();
}
