import type { MessagePosted } from '#domain/intent.ts';

/** What a message asks, without the name of whom it asks. */
export function questionOf(text: string): string {
  return text.replace(/@recourse\b/giu, ' ').trim();
}

/** The thread that the answer to a message belongs into: its own when it stands in the channel. */
export function threadOf({ place, id }: Pick<MessagePosted, 'place' | 'id'>) {
  return { channel: place.channel, thread: place.thread ?? id };
}
