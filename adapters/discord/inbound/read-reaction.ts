import type { APIEmoji, GatewayMessageReactionAddDispatchData } from 'discord.js';
import { isTick } from '#domain/capture/is-tick.ts';
import type { ReactionChanged, Speaker } from '#domain/intent.ts';
import type { Heard } from './hearing.ts';
import { readPlace } from './read-place.ts';
import { memberSpeaker } from './read-speaker.ts';
import { type Reading, type Tenant, tenantOf } from './reading.ts';

/** What an added reaction and one that was taken back tell alike. */
type Reaction = Pick<
  GatewayMessageReactionAddDispatchData,
  'user_id' | 'channel_id' | 'message_id' | 'emoji'
> &
  Partial<Pick<GatewayMessageReactionAddDispatchData, 'guild_id' | 'member' | 'message_author_id'>>;

/**
 * A reaction that somebody else gave or took back on a message of the bot, or a tick on any, however old: the event says all
 * that is needed.
 * Discord gives it neither an id nor a time, so the moment it came stands for both.
 */
export async function readReaction(
  reading: Reading,
  reaction: Reaction,
  change: ReactionChanged['change'],
): Promise<Heard | undefined> {
  const at = Date.now();
  const { user_id, channel_id, message_id, message_author_id = reading.self } = reaction;
  const tenant = tenantOf(reading, reaction.guild_id);
  const emoji = emojiName(reaction.emoji);
  const isHeard = message_author_id === reading.self || isTick(emoji);
  if (!tenant || user_id === reading.self || !isHeard) return undefined;
  const [place, speaker] = await Promise.all([
    readPlace(reading, channel_id, tenant),
    whoReacted(reading, reaction, tenant),
  ]);
  return {
    intent: { kind: 'reaction-changed', place, speaker, messageId: message_id, emoji, change, at },
    delivery: `reaction:${message_id}:${user_id}:${emoji}:${change}:${at}`,
  };
}

/** The character, or `name:id` for an emoji of a guild: what Discord itself takes as its name. */
export function emojiName({ id, name }: Pick<APIEmoji, 'id' | 'name'>): string {
  return id === null ? (name ?? '') : `${name ?? '_'}:${id}`;
}

async function whoReacted(
  { directory }: Reading,
  { member, user_id }: Reaction,
  { guild }: Tenant,
): Promise<Speaker> {
  return member ? memberSpeaker(member.user, member) : directory.speaker(guild, user_id);
}
