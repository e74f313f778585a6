import type { Heard, Reading } from './hearing.ts';
import type { Reaction } from './payloads.ts';
import { placeOf } from './read-place.ts';

/** A reaction somebody else gave or took back. Slack does not say in which thread; the message says it. */
export async function readReaction(
  reading: Reading,
  { type, user, reaction, item, event_ts }: Reaction,
  eventId: string,
): Promise<Heard | undefined> {
  if (user === reading.self.user) return undefined;
  return {
    intent: {
      kind: 'reaction-changed',
      place: placeOf(reading, { channel: item.channel }),
      speaker: await reading.directory.speaker(user),
      messageId: item.ts,
      emoji: reaction,
      change: type === 'reaction_added' ? 'added' : 'removed',
      at: event_ts === undefined ? undefined : Number(event_ts) * 1000,
    },
    delivery: `event:${eventId}`,
  };
}
