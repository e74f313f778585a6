import type { WebClient } from '@slack/web-api';
import type { Place } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { Logger } from '#ports/logger.ts';
import { adviseOtherwise, slackFault } from '../errors.ts';
import { limits } from '../limits.ts';
import { renderReply } from '../render/render-reply.ts';
import { createMayRead } from './create-may-read.ts';
import { createPoster } from './create-poster.ts';
import { createFindChannel } from './find-channel.ts';
import { notifyPerson } from './notify-person.ts';
import { createReadThread } from './read-thread.ts';
import { replaceMessage } from './replace-message.ts';

export interface SlackChatOptions {
  /** Made with `clientOptions`; otherwise messages wait in the client, where the outbox cannot order them. */
  readonly client: WebClient;
  readonly logger: Logger;
}

/** Slack as the outbox sees it. Files of a reply are uploaded when it is posted, never with an edit or a notice. */
export function createSlackChat({ client, logger }: SlackChatOptions): Chat {
  const findChannel = createFindChannel(client);
  const post = createPoster(client, logger);
  const readThread = createReadThread(client);
  const find = (place: Place): Promise<Place> => findChannel(place).catch(rethrow);
  return {
    capabilities: {
      platform: 'slack',
      edits: true,
      privateNotices: true,
      reactions: true,
      longestCommand: limits.longestCommand,
      postEveryMs: limits.postEveryMs,
      editEveryMs: limits.editEveryMs,
    },
    post: async (place, reply, key, mayStand) => post(await find(place), reply, key, mayStand),
    edit: async (place, messageId, reply) => {
      const { channel } = await find(place);
      await replaceMessage(client, channel, messageId, renderReply(reply)).catch(rethrowEdit);
    },
    notify: async (place, person, reply) => notifyPerson(client, await find(place), person, reply),
    mayRead: createMayRead(client),
    read: async (place, signal) => readThread((await find(place)).channel, place.thread, signal),
  };
}

function rethrow(error: unknown): never {
  throw slackFault(error);
}

/** `chat.update` has a limit of its own: approvals that are new messages need not wait for it. */
function rethrowEdit(error: unknown): never {
  const fault = slackFault(error);
  throw fault.code === 'slack-rate-limited' ? adviseOtherwise(fault, { holdsUp: 'edits' }) : fault;
}
