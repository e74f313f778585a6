import type { WebClient } from '@slack/web-api';
import { Fault } from '#domain/fault.ts';
import { longestThread, type SaidMessage, type SaidThread } from '#ports/said-thread.ts';
import { slackFault } from '../errors.ts';
import { type ReadBack, readBack } from '../inbound/payloads.ts';
import { readContent } from '../inbound/read-content.ts';
import { isOwn, milliseconds, spoken } from '../inbound/read-message.ts';
import { limits } from '../limits.ts';

/** A thread as Slack has it now, page by page from its beginning. Throws a Fault. */
export function createReadThread(client: WebClient) {
  const askSelf = createSelf(client);
  return async (channel: string, thread: string, signal: AbortSignal): Promise<SaidThread> => {
    try {
      const self = await askSelf();
      const { messages, isWhole } = await readPages(client, { channel, ts: thread }, signal);
      if (messages.length === 0) throw noThread(thread);
      return {
        messages: messages
          .filter((message) => spoken.includes(message.subtype) && !isOwn(message, self))
          .map((message) => saidIn(message, self.user)),
        isWhole,
      };
    } catch (error) {
      signal.throwIfAborted();
      throw slackFault(error);
    }
  };
}

const noThread = (thread: string): Fault =>
  new Fault(
    'rejected',
    'slack-no-thread',
    `Slack has no thread ${thread}.`,
    'It was deleted: begin a new one.',
  );

async function readPages(
  client: WebClient,
  thread: { readonly channel: string; readonly ts: string },
  signal: AbortSignal,
): Promise<{ readonly messages: readonly ReadBack[]; readonly isWhole: boolean }> {
  // Slack gives the first message with every page.
  const found = new Map<string, ReadBack>();
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await client.conversations.replies({
      ...thread,
      limit: limits.repliesPage,
      ...(cursor !== undefined && { cursor }),
    });
    for (const message of page.messages ?? []) {
      const read = readBack.safeParse(message).data;
      if (read) found.set(read.ts, read);
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined && found.size < longestThread);
  const messages = [...found.values()].toSorted((one, other) => Number(one.ts) - Number(other.ts));
  return { messages: messages.slice(0, longestThread), isWhole: cursor === undefined };
}

function saidIn(message: ReadBack, botUser: string): SaidMessage {
  const { ts, user, bot_id, username, reactions = [] } = message;
  return {
    id: ts,
    author: user ?? bot_id ?? '',
    name: username ?? null,
    isBot: bot_id !== undefined,
    at: milliseconds(ts),
    text: readContent(message, botUser),
    reactions: reactions.map(({ name, users }) => ({ emoji: name, users })),
  };
}

/** Asked once: a bot is the same user as long as it has a token. */
function createSelf(client: WebClient) {
  let known: { readonly user: string; readonly bot: string | undefined } | undefined;
  return async () => {
    if (!known) {
      const { user_id, bot_id } = await client.auth.test();
      known = { user: user_id ?? '', bot: bot_id };
    }
    return known;
  };
}
