import { type APIChannel, type APIMessage, RESTJSONErrorCodes as codes, type REST, Routes } from 'discord.js';
import { longestThread, type SaidMessage, type SaidThread } from '#ports/said-thread.ts';
import { discordErrorCode, discordFault } from '../errors.ts';
import { isSaid } from '../inbound/read-message.ts';
import { limits } from '../limits.ts';
import { readReactors } from './read-reactors.ts';
import { saidMessage } from './said-message.ts';

interface Needs {
  readonly rest: REST;
  readonly botId: () => Promise<string>;
}

export interface ThreadPlace {
  readonly channel: string;
  readonly thread: string;
  /** In private there are no threads: what goes on stands in the conversation. */
  readonly direct: boolean;
}

/** A thread as Discord has it now: its first message stands outside of it. Throws a Fault. */
export async function readThread(
  { rest, botId }: Needs,
  place: ThreadPlace,
  signal: AbortSignal,
): Promise<SaidThread> {
  try {
    const [self, root] = await Promise.all([botId(), readRoot(rest, place, signal)]);
    const { replies, isWhole } = place.direct
      ? await readReplies(rest, place.channel, place.thread, signal)
      : await readReplies(rest, place.thread, '0', signal);
    const said = [...(root ? [root] : []), ...replies].filter((message) => isSaid(message, self));
    return { messages: await withReactors(rest, said, self, signal), isWhole };
  } catch (error) {
    signal.throwIfAborted();
    throw discordFault(error);
  }
}

/** Undefined for a thread that was not made on a message; it must be one of this channel. */
async function readRoot(
  rest: REST,
  { channel, thread }: ThreadPlace,
  signal: AbortSignal,
): Promise<APIMessage | undefined> {
  try {
    return (await rest.get(Routes.channelMessage(channel, thread), { signal })) as APIMessage;
  } catch (error) {
    if (discordErrorCode(error) !== codes.UnknownMessage) throw error;
    const made = (await rest.get(Routes.channel(thread), { signal })) as APIChannel;
    if (!('parent_id' in made) || made.parent_id !== channel) throw error;
    return undefined;
  }
}

/** From the newest back to `after`: of a thread that is too long the end is worth more. */
async function readReplies(rest: REST, channel: string, after: string, signal: AbortSignal) {
  const found: APIMessage[] = [];
  const isOver = (page: readonly APIMessage[]) =>
    page.length < limits.readPage || page.some(({ id }) => BigInt(id) <= BigInt(after));
  let page: readonly APIMessage[] = [];
  do {
    const before = page.at(-1)?.id;
    const query = new URLSearchParams({ limit: String(limits.readPage), ...(before && { before }) });
    page = await readPage(rest, channel, query, signal);
    found.push(...page);
  } while (!isOver(page) && found.length < longestThread);
  const replies = found.filter(({ id }) => BigInt(id) > BigInt(after)).toReversed();
  return { replies: replies.slice(-longestThread), isWhole: isOver(page) };
}

/** The newest first. A message that nobody answered has no thread yet. */
async function readPage(rest: REST, channel: string, query: URLSearchParams, signal: AbortSignal) {
  try {
    const page = (await rest.get(Routes.channelMessages(channel), { query, signal })) as APIMessage[];
    return page.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
  } catch (error) {
    if (discordErrorCode(error) === codes.UnknownChannel) return [];
    throw error;
  }
}

/** Who gave a tick is asked for, the newest messages first; of other reactions nobody wants to know. */
async function withReactors(
  rest: REST,
  messages: readonly APIMessage[],
  self: string,
  signal: AbortSignal,
): Promise<readonly SaidMessage[]> {
  const reactors = await readReactors(rest, messages, signal);
  return messages.map((message) => saidMessage(message, self, reactors.get(message.id) ?? []));
}
