import type { Heard, Reading } from './hearing.ts';
import type { Reaction } from './payloads.ts';
import { readPlace } from './read-place.ts';

/** A reaction somebody else gave or took back. Slack does not say in which thread; the message says it. */
export async function readReaction(
  reading: Reading,
  { type, user, reaction, item }: Reaction,
  eventId: string,
): Promise<Heard | undefined> {
  if (user === reading.self.user) return undefined;
  return {
    intent: {
      kind: 'reaction-changed',
      place: await readPlace(reading, { channel: item.channel }),
      speaker: await reading.directory.speaker(user),
      messageId: item.ts,
      emoji: reaction,
      change: type === 'reaction_added' ? 'added' : 'removed',
    },
    delivery: `event:${eventId}`,
  };
}
