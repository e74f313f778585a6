import type { Place } from '#domain/intent.ts';

/**
 * The channel of Discord that a place means: a thread is one by itself, and has the id of the message it was made on. Direct
 * messages know no threads.
 */
export function channelOf({ channel, thread, direct }: Place): string {
  return direct === true ? channel : (thread ?? channel);
}

/** What makes a message an answer to the first one of its thread where there are no threads. */
export function referenceOf({ channel, thread, direct }: Place) {
  if (direct !== true || thread === null) return {};
  return { message_reference: { message_id: thread, channel_id: channel, fail_if_not_exists: false } };
}
