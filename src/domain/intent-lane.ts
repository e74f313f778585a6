import type { ChatIntent } from './intent.ts';

/**
 * What an intent must keep its order with: its thread; for a message that may begin one, the thread that it would
 * begin; for a reaction, the message; for the rest, the person.
 */
export function laneOf(intent: ChatIntent): string {
  const { channel, thread } = intent.place;
  return `${channel} ${thread ?? rootOf(intent)}`;
}

function rootOf(intent: ChatIntent): string {
  if ('id' in intent) return intent.id;
  return 'messageId' in intent ? intent.messageId : intent.speaker.externalId;
}
