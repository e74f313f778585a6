import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { longestThread } from '#ports/said-thread.ts';
import { limits } from '../limits.ts';
import { bot, type PlaygroundOptions } from '../options.ts';
import type { LiveFeed } from './live-feed.ts';
import { saidThread } from './said-thread.ts';

/**
 * The playground as the outbox sees it. A post's key is its message id, so the same key makes one message, over
 * restarts too. Faults of the log pass through: it already speaks in Faults.
 */
export function createPlaygroundChat(
  { workspace, log, clock, ids }: PlaygroundOptions,
  feed: LiveFeed,
): Chat {
  const add = async (place: Place, reply: Reply, id: string, onlyFor: string | null): Promise<string> => {
    await log.add(workspace, replyMessage(place, reply, id, onlyFor, clock.now()));
    await feed.announce(id);
    return id;
  };
  return {
    capabilities: {
      platform: 'playground',
      edits: true,
      privateNotices: true,
      reactions: true,
      longestCommand: limits.longestCommand,
      postEveryMs: 0,
      editEveryMs: 0,
    },
    post: (place, reply, key) => add(place, reply, key, null),
    async edit(_place, messageId, reply) {
      if (await log.edit(workspace, messageId, { kind: 'reply', reply }, clock.now())) {
        await feed.announce(messageId);
      }
    },
    async notify(place, personExternalId, reply) {
      await add(place, reply, ids.next(), personExternalId);
    },
    // One page for everybody, with all of its channels.
    mayRead: () => Promise.resolve(true),
    async read({ thread }) {
      return saidThread(await log.thread(workspace, thread, longestThread - 1), thread);
    },
  };
}

function replyMessage(
  place: Place,
  reply: Reply,
  id: string,
  onlyFor: string | null,
  at: number,
): LoggedMessage {
  return {
    id,
    channel: place.channel,
    thread: place.thread,
    author: bot,
    body: { kind: 'reply', reply },
    onlyFor,
    reactions: {},
    at,
    editedAt: null,
  };
}
