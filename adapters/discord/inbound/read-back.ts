import { type APIMessage, MessageType } from 'discord.js';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { discordErrorCode } from '../errors.ts';
import { idTime } from './discord-message.ts';
import type { Heard, Hearing } from './hearing.ts';
import type { History } from './history.ts';
import { readBackReactions } from './read-back-reactions.ts';
import { readEdit, readGone, readMessage } from './read-message.ts';
import type { Reading } from './reading.ts';

/** What reading back needs. */
export interface ReadBack {
  readonly reading: Reading;
  readonly history: History;
  readonly hearing: Pick<Hearing, 'inbound'>;
  readonly heard: HeardSoFar;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When it was begun, in the same: what is heard from then on is newer than what is read, however late that is handed in. */
  readonly begunAt: number;
  /** Undefined for conversations with the bot alone. */
  readonly guild: string | undefined;
}

const unknownChannel = 10003;

/** What was said and changed in one channel, or in one thread. */
export async function readBackChannel(back: ReadBack, channel: string): Promise<void> {
  await handIn(back, await back.history.newest(channel, back.since));
}

/** The same in a thread that the bot works in; and its question, which stands outside of it, and reactions. */
export async function readBackThread(back: ReadBack, place: Worked): Promise<void> {
  const { history, since } = back;
  const { channel, thread } = place;
  // In private there are no threads: what belongs together stands in the conversation.
  const isDirect = back.guild === undefined;
  const within = isDirect ? await history.newest(channel, since) : await readThread(back, thread);
  if (within) await handIn(back, within);
  const root = await readQuestion(back, place, within ?? []);
  if (root === 'gone' && (isDirect || !within || isMadeOnMessage(within))) await handInGone(back, place);
  const seen = [...(typeof root === 'object' ? [root] : []), ...(within ?? [])];
  await readBackAll(back, place, seen);
}

async function readBackAll(
  back: ReadBack,
  { channel, thread }: Worked,
  seen: readonly APIMessage[],
): Promise<void> {
  for (const message of seen) {
    const isOwn = message.author.id === back.reading.self;
    if (isOwn || message.id === thread) await readBackReactions(back, message, { channel, isOwn });
  }
}

type Worked = HeardSoFar['threads'][number];

/** The first post of a forum's thread is in the thread itself and is read with it. */
async function readQuestion(
  back: ReadBack,
  { channel, thread }: Worked,
  within: readonly APIMessage[],
): Promise<APIMessage | 'gone' | 'within'> {
  if (within.some(({ id }) => id === thread)) return 'within';
  const root = await back.reading.channels.message(channel, thread);
  if (root) await handIn(back, [root]);
  return root ?? 'gone';
}

/** Undefined where a message has no thread, or it is gone. */
async function readThread(
  { history, since }: ReadBack,
  thread: string,
): Promise<readonly APIMessage[] | undefined> {
  try {
    return await history.thread(thread, since);
  } catch (error) {
    if (discordErrorCode(error) === unknownChannel) return undefined;
    throw error;
  }
}

/** Only such a thread has a question that can be gone: others never had one, or it is in the thread itself. */
const isMadeOnMessage = ([first]: readonly APIMessage[]): boolean =>
  first?.type === MessageType.ThreadStarterMessage;

async function handIn(
  { reading, hearing, since, guild }: ReadBack,
  messages: readonly APIMessage[],
): Promise<void> {
  for (const message of messages) {
    const told = { ...message, ...(guild === undefined ? {} : { guild_id: guild }) };
    const edited = message.edited_timestamp ? Date.parse(message.edited_timestamp) : 0;
    if (idTime(message.id) > since) await receive(hearing, await readMessage(reading, told));
    if (edited > since) await receive(hearing, await readEdit(reading, told));
  }
}

async function handInGone({ reading, hearing, guild }: ReadBack, { channel, thread }: Worked): Promise<void> {
  const gone = { id: thread, channel_id: channel, ...(guild === undefined ? {} : { guild_id: guild }) };
  await receive(hearing, await readGone(reading, gone));
}

async function receive({ inbound }: Pick<Hearing, 'inbound'>, missed: Heard | undefined): Promise<void> {
  if (missed) await inbound.receive(missed.intent, missed.delivery);
}
