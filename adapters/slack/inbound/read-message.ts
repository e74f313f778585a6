import type { MessagePosted, Speaker } from '#domain/intent.ts';
import type { Heard, Reading, Self } from './hearing.ts';
import type { MessageChanged, MessageGone, MessageNew, SlackMessage } from './payloads.ts';
import { readContent } from './read-content.ts';
import { placeOf, readPlace } from './read-place.ts';
import { mentions } from './read-text.ts';

/** The kinds of message in which somebody says something; the others tell of joins, topics, pins and the like. */
export const spoken: readonly (string | undefined)[] = [
  undefined,
  'bot_message',
  'file_share',
  'thread_broadcast',
  'me_message',
];

type Located = { readonly channel: string; readonly channel_type?: string | undefined };

/**
 * A new message. The same one comes as `message` and, with a mention, as `app_mention` too, and once more when it is
 * read back after a gap: one delivery id, made of where and when.
 */
export async function readMessage(reading: Reading, event: MessageNew): Promise<Heard | undefined> {
  if (!spoken.includes(event.subtype) || isOwn(event, reading.self)) return undefined;
  const said = await readSaid(reading, event, event);
  return (
    said && { intent: { kind: 'message-posted', ...said }, delivery: `message:${event.channel}:${event.ts}` }
  );
}

/** An edit that changed the words; Slack also tells of unfurled links and new replies this way. */
export async function readChange(reading: Reading, event: MessageChanged): Promise<Heard | undefined> {
  const { message, previous_message: before, channel } = event;
  if (message.subtype === 'tombstone')
    return readGone(reading, {
      ...event,
      subtype: 'message_deleted',
      type: 'message',
      deleted_ts: message.ts,
    });
  if (!spoken.includes(message.subtype) || isOwn(message, reading.self)) return undefined;
  const { user } = reading.self;
  if (before && readContent(before, user) === readContent(message, user)) return undefined;
  const said = await readSaid(reading, message, event);
  const at = message.edited?.ts ?? event.event_ts;
  return (
    said && {
      intent: { kind: 'message-edited', ...said, at: milliseconds(at) },
      delivery: `edit:${channel}:${message.ts}:${at}`,
    }
  );
}

export async function readGone(reading: Reading, event: MessageGone): Promise<Heard | undefined> {
  const { deleted_ts: id, previous_message: before, channel } = event;
  if (!before || isOwn(before, reading.self)) return undefined;
  const speaker = await readSpeaker(reading, before);
  if (!speaker) return undefined;
  const place = placeOf(reading, { channel, thread: threadOf(before) });
  const at = event.event_ts === undefined ? undefined : milliseconds(event.event_ts);
  return { intent: { kind: 'message-deleted', place, speaker, id, at }, delivery: `delete:${channel}:${id}` };
}

async function readSaid(
  reading: Reading,
  message: SlackMessage,
  { channel, channel_type }: Located,
): Promise<Omit<MessagePosted, 'kind'> | undefined> {
  const [speaker, place] = await Promise.all([
    readSpeaker(reading, message),
    readPlace(reading, { channel, thread: threadOf(message) }),
  ]);
  if (!speaker) return undefined;
  const toBot = place.direct || channel_type === 'im' || mentions(message.text ?? '', reading.self.user);
  return {
    place,
    speaker,
    id: message.ts,
    text: readContent(message, reading.self.user),
    mentionsBot: toBot,
    at: milliseconds(message.ts),
  };
}

async function readSpeaker({ directory }: Reading, message: SlackMessage): Promise<Speaker | undefined> {
  const { user, bot_id, username } = message;
  if (bot_id !== undefined)
    return { externalId: user ?? bot_id, name: username || 'a bot', standing: 'bot', groups: [] };
  return user === undefined ? undefined : directory.speaker(user);
}

/** Whether the bot itself said it. */
export function isOwn({ user, bot_id }: SlackMessage, self: Self): boolean {
  return user === self.user || (bot_id !== undefined && bot_id === self.bot);
}

/** A root message names itself as its thread once it has replies. */
function threadOf({ ts, thread_ts }: SlackMessage): string | undefined {
  return thread_ts === ts ? undefined : thread_ts;
}

/** Slack's message ids are seconds since the epoch with six decimals. */
export function milliseconds(ts: string): number {
  return Math.round(Number(ts) * 1000);
}
