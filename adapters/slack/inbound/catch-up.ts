import type { WebClient } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';
import type { HeardSoFar } from '../start/options.ts';
import { compareReactions } from './compare-reactions.ts';
import type { Hearing } from './hearing.ts';
import { messageNew, type ReadBack, readBack } from './payloads.ts';
import { readMessage } from './read-message.ts';
import { readPlace } from './read-place.ts';

const hour = 3_600_000;
/** An answer to what was asked longer ago than this helps nobody. */
const longestGapMs = 6 * hour;
/** Deliveries come out of order: what came shortly before the last one may be missing as well. */
const marginMs = 10 * 60_000;
const mostChannels = 200;
const mostMessages = 200;

export interface CatchUpOptions {
  /** May wait for rate limits: nobody waits for this. */
  readonly client: WebClient;
  readonly hearing: Hearing;
  readonly heard: HeardSoFar;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Reads back what was missed while there was no connection, bounded, and hands it in by the same door, under the same
 * ids: what had been heard has no second effect. Edits and deletions of that time are not told by Slack's history.
 */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  const { heard, logger, client } = options;
  if (heard.lastAt === null) return;
  const since = Math.max(heard.lastAt - marginMs, Date.now() - longestGapMs) / 1000;
  try {
    for (const channel of await channelsOf(client)) await readChannel(options, channel, since);
    for (const { channel, thread } of heard.threads) await readThread(options, channel, thread, since);
  } catch (error) {
    if (!options.signal.aborted) logger.warn({ error }, 'what was missed could not be read back from Slack');
  }
}

async function channelsOf(client: WebClient): Promise<readonly string[]> {
  const { channels } = await client.users.conversations({
    types: 'public_channel,private_channel,im',
    exclude_archived: true,
    limit: mostChannels,
  });
  return (channels ?? []).flatMap(({ id }) => id ?? []);
}

async function readChannel(options: CatchUpOptions, channel: string, since: number): Promise<void> {
  options.signal.throwIfAborted();
  const { messages } = await options.client.conversations.history({
    channel,
    oldest: since.toFixed(6),
    limit: mostMessages,
  });
  await handInNew(options, channel, readAll(messages).toReversed(), since);
}

async function readThread(
  options: CatchUpOptions,
  channel: string,
  thread: string,
  since: number,
): Promise<void> {
  options.signal.throwIfAborted();
  const { messages } = await options.client.conversations.replies({
    channel,
    ts: thread,
    limit: mostMessages,
  });
  const all = readAll(messages);
  await handInNew(options, channel, all, since);
  for (const message of all.filter(({ user }) => user === options.hearing.self.user))
    await handInReactions(options, channel, message);
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

/** The id names the connection's beginning: the same change may be missed again another time. */
async function handInReactions(
  { hearing, heard }: CatchUpOptions,
  channel: string,
  message: ReadBack,
): Promise<void> {
  const known = heard.reactions.filter((one) => one.channel === channel && one.messageId === message.ts);
  for (const { person, emoji, change } of compareReactions(known, message.reactions ?? [])) {
    const intent = {
      kind: 'reaction-changed',
      place: await readPlace(hearing, { channel }),
      speaker: await hearing.directory.speaker(person),
      messageId: message.ts,
      emoji,
      change,
    } as const;
    const what = `${channel}:${message.ts}:${person}:${emoji}:${change}`;
    await hearing.inbound.receive(intent, `missed:${what}:${heard.lastAt}`);
  }
}
