import { type APIMessage, type APIReaction, ReactionType } from 'discord.js';
import { isTick } from '#domain/capture/is-tick.ts';
import { compareReactions, type PresentReaction } from '#domain/hearing/compare-reactions.ts';
import { idTime } from './discord-message.ts';
import type { ReadBack } from './read-back.ts';
import { readPlace } from './read-place.ts';
import { emojiName } from './read-reaction.ts';
import { tenantOf } from './reading.ts';

/** As long as verdicts are looked after. */
const longestMs = 7 * 24 * 3_600_000;

/**
 * What changed in the reactions to one of the bot's messages, or in the ticks of another; `channel` is its channel, also in a
 * thread. The delivery id names the beginning of the gap: the same change may be missed again another time.
 */
export async function readBackReactions(
  back: ReadBack,
  message: APIMessage,
  { channel, isOwn }: { readonly channel: string; readonly isOwn: boolean },
): Promise<void> {
  const { reading, hearing, heard, guild, begunAt } = back;
  const tenant = tenantOf(reading, guild);
  if (!tenant || idTime(message.id) < Date.now() - longestMs) return;
  const known = heard.reactions.filter((one) => one.channel === channel && one.messageId === message.id);
  for (const { person, emoji, change } of compareReactions(known, await readPresent(back, message, isOwn))) {
    const intent = {
      kind: 'reaction-changed',
      place: await readPlace(reading, message.channel_id, tenant),
      speaker: await reading.directory.speaker(tenant.guild, person),
      messageId: message.id,
      emoji,
      change,
      at: begunAt,
    } as const;
    const what = `${channel}:${message.id}:${person}:${emoji}:${change}`;
    await hearing.inbound.receive(intent, `missed:${what}:${heard.lastAt}`);
  }
}

async function readPresent(
  back: ReadBack,
  message: APIMessage,
  isOwn: boolean,
): Promise<readonly PresentReaction[]> {
  const present: PresentReaction[] = [];
  for (const reaction of message.reactions ?? []) {
    const { emoji, count, me } = reaction;
    if (!isOwn && !isTick(emojiName(emoji))) continue;
    const people = await readPeople(back, message, reaction);
    present.push({ emoji: emojiName(emoji), people, count: me ? count - 1 : count });
  }
  return present;
}

async function readPeople(
  { history, reading }: ReadBack,
  { channel_id, id }: APIMessage,
  { emoji, count_details }: APIReaction,
): Promise<readonly string[]> {
  const types = [ReactionType.Normal, ...(count_details?.burst > 0 ? [ReactionType.Super] : [])];
  const people: string[] = [];
  for (const type of types)
    people.push(...(await history.reactors(channel_id, id, emojiName(emoji), type)).map((user) => user.id));
  return people.filter((person) => person !== reading.self);
}
