import type { UsersConversationsResponse, WebClient } from '@slack/web-api';
import { isTick } from '#domain/capture/is-tick.ts';
import { compareReactions } from '#domain/hearing/compare-reactions.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { slackErrorName } from '../errors.ts';
import type { Hearing } from './hearing.ts';
import { messageNew, type ReadBack, readBack } from './payloads.ts';
import { readChange, readMessage } from './read-message.ts';
import { readPlace } from './read-place.ts';

const hour = 3_600_000;
/** An answer to what was asked longer ago than this helps nobody. */
const longestGapMs = 6 * hour;
/** Deliveries come out of order: what came shortly before the last one may be missing as well. */
const marginMs = 10 * 60_000;
const pageOfChannels = 200;
const mostChannels = 1000;
const mostMessages = 200;

export interface CatchUpOptions {
  /** May wait for rate limits: nobody waits for this. */
  readonly client: WebClient;
  readonly hearing: Hearing;
  readonly heard: HeardSoFar;
  readonly signal: AbortSignal;
}

/** `begunAt` in milliseconds since the epoch: what is heard from then on is newer than what is read. */
type BegunCatchUp = CatchUpOptions & { readonly begunAt: number };

/**
 * Reads back what was missed while there was no connection, bounded, and hands it in by the same door, under the same
 * ids: what had been heard has no second effect. An edit shows by its time, a deleted question by what Slack leaves in
 * its place while its thread has replies; other deletions are not told by Slack's history. Throws what the SDK throws when
 * not all could be read.
 */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  const { heard, client } = options;
  if (heard.lastAt === null) return;
  const begunAt = Date.now();
  const since = Math.max(heard.lastAt - marginMs, begunAt - longestGapMs) / 1000;
  for (const type of ['public_channel', 'private_channel', 'im'])
    for (const channel of await channelsOf(client, type))
      await readChannel(options, channel, since).catch(passOver);
  for (const { channel, thread } of heard.threads)
    await readThread({ ...options, begunAt }, channel, thread, since).catch(passOver);
}

/** A conversation that is gone, was left, or may not be read must not keep the others from being read. */
const beyond: readonly (string | undefined)[] = [
  'channel_not_found',
  'not_in_channel',
  'thread_not_found',
  'missing_scope',
  'no_permission',
];

function passOver(error: unknown): void {
  if (!beyond.includes(slackErrorName(error))) throw error;
}

/** Each kind has its own scope, and the others are read without it. */
async function channelsOf(client: WebClient, types: string): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined && found.length < mostChannels) {
    const page: UsersConversationsResponse | undefined = await client.users
      .conversations({ types, exclude_archived: true, limit: pageOfChannels, cursor })
      .catch((error: unknown) => void passOver(error));
    found.push(...(page?.channels ?? []).flatMap(({ id }) => id ?? []));
    cursor = page?.response_metadata?.next_cursor || undefined;
  }
  return found;
}

async function readChannel(options: CatchUpOptions, channel: string, since: number): Promise<void> {
  options.signal.throwIfAborted();
  const { messages } = await options.client.conversations.history({
    channel,
    oldest: since.toFixed(6),
    limit: mostMessages,
  });
  const all = readAll(messages).toReversed();
  const after = all.slice(all.findLastIndex(isArrival(options.hearing)) + 1);
  await handInNew(options, channel, after, since);
  await handInChanges(options, channel, after, since);
}

/** What was said before the bot was invited was not said to it. */
const isArrival =
  ({ self }: Hearing) =>
  ({ subtype, user }: ReadBack): boolean =>
    user === self.user && (subtype === 'channel_join' || subtype === 'group_join');

async function readThread(
  options: BegunCatchUp,
  channel: string,
  thread: string,
  since: number,
): Promise<void> {
  options.signal.throwIfAborted();
  const whole = { channel, ts: thread, limit: mostMessages };
  const { messages, has_more } = await options.client.conversations.replies(whole);
  const first = readAll(messages);
  // Of a long thread that is the beginning.
  const newest = has_more
    ? await options.client.conversations.replies({ ...whole, oldest: since.toFixed(6) })
    : undefined;
  const all = [...first, ...readAll(newest?.messages)];
  await handInNew(options, channel, all, since);
  await handInChanges(options, channel, all, since);
  for (const message of all)
    await handInReactions(options, channel, { message, isFirst: message.ts === thread });
}

function readAll(messages: readonly unknown[] | undefined): readonly ReadBack[] {
  return (messages ?? []).flatMap((message) => readBack.safeParse(message).data ?? []);
}

async function handInNew(
  { hearing, signal }: CatchUpOptions,
  channel: string,
  messages: readonly ReadBack[],
  since: number,
): Promise<void> {
  for (const message of messages.filter(({ ts }) => Number(ts) > since)) {
    signal.throwIfAborted();
    const event = messageNew.parse({ ...message, type: 'message', channel });
    const missed = await readMessage(hearing, event);
    if (missed) await hearing.inbound.receive(missed.intent, missed.delivery);
  }
}

async function handInChanges(
  { hearing, signal }: CatchUpOptions,
  channel: string,
  messages: readonly ReadBack[],
  since: number,
): Promise<void> {
  for (const message of messages) {
    signal.throwIfAborted();
    const at = message.edited?.ts ?? message.ts;
    const isGone = message.subtype === 'tombstone';
    if (!isGone && (message.edited === undefined || Number(at) <= since)) continue;
    const change = { type: 'message', subtype: 'message_changed', channel, event_ts: at, message } as const;
    // Who wrote what is gone is not told any more.
    const missed = await readChange(hearing, isGone ? { ...change, previous_message: message } : change);
    if (missed) await hearing.inbound.receive(missed.intent, missed.delivery);
  }
}

/**
 * Of the bot's own messages, and ticks of the first one, whoever wrote it. The id names the connection's beginning: the same
 * change may be missed again another time.
 */
async function handInReactions(
  { hearing, heard, begunAt }: BegunCatchUp,
  channel: string,
  { message, isFirst }: { readonly message: ReadBack; readonly isFirst: boolean },
): Promise<void> {
  const isOwn = message.user === hearing.self.user;
  if (!isOwn && !isFirst) return;
  const known = heard.reactions.filter((one) => one.channel === channel && one.messageId === message.ts);
  for (const { person, emoji, change } of compareReactions(known, presentOn(message))) {
    if (!isOwn && !isTick(emoji)) continue;
    const intent = {
      kind: 'reaction-changed',
      place: await readPlace(hearing, { channel }),
      speaker: await hearing.directory.speaker(person),
      messageId: message.ts,
      emoji,
      change,
      at: begunAt,
    } as const;
    const what = `${channel}:${message.ts}:${person}:${emoji}:${change}`;
    await hearing.inbound.receive(intent, `missed:${what}:${heard.lastAt}`);
  }
}

const presentOn = ({ reactions = [] }: ReadBack) =>
  reactions.map(({ name, users, count }) => ({ emoji: name, people: users, count }));
