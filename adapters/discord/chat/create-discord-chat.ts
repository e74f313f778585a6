import { type APIUser, type REST, Routes } from 'discord.js';
import type { Place } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import { adviseOtherwise, discordFault } from '../errors.ts';
import { limits } from '../limits.ts';
import { renderReply } from '../render/render-reply.ts';
import { createMayRead } from './create-may-read.ts';
import { createPoster } from './create-poster.ts';
import type { InteractionTokens } from './interaction-tokens.ts';
import { createKnowDirect } from './know-direct.ts';
import { notifyPerson } from './notify-person.ts';
import { readThread } from './read-thread.ts';
import { replaceMessage } from './replace-message.ts';

export interface DiscordChatOptions {
  /** Made with `restOptions`; otherwise messages wait in the client, where the outbox cannot order them. */
  readonly rest: REST;
  readonly applicationId: string;
  readonly tokens: InteractionTokens;
  /** Whether direct messages are heard, so that there may be posts into them. */
  readonly hearsDirectly: boolean;
}

/** Discord as the outbox sees it. Files of a reply are attached when it is posted, never with an edit or a notice. */
export function createDiscordChat({ rest, applicationId, tokens, hearsDirectly }: DiscordChatOptions): Chat {
  const needs = { rest, applicationId, tokens };
  const knowDirect = createKnowDirect(rest, hearsDirectly);
  const botId = createBotId(rest);
  const post = createPoster({ rest, botId });
  const locate = (place: Place) => knowDirect(place).catch(rethrow);
  return {
    capabilities: {
      platform: 'discord',
      edits: true,
      privateNotices: true,
      reactions: true,
      longestCommand: limits.longestCommand,
      postEveryMs: limits.postEveryMs,
      editEveryMs: limits.editEveryMs,
    },
    post: async (place, reply, key, mayStand) => post(await locate(place), reply, key, mayStand),
    edit: async (place, messageId, reply) =>
      replaceMessage(rest, await locate(place), messageId, renderReply(reply)).catch(rethrowEdit),
    notify: async (place, person, reply) => notifyPerson(needs, await locate(place), person, reply),
    mayRead: createMayRead(rest),
    read: async ({ channel, thread, ...place }, signal) => {
      const { direct = false } = await locate({ channel, thread, ...place });
      return readThread({ rest, botId }, { channel, thread, direct }, signal);
    },
  };
}

/** Asked once: a bot is the same user as long as it has a token. */
function createBotId(rest: REST): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= ((await rest.get(Routes.user())) as APIUser).id;
    return known;
  };
}

function rethrow(error: unknown): never {
  throw discordFault(error);
}

/** Edits have a limit of their own: approvals that are new messages need not wait for it. */
function rethrowEdit(error: unknown): never {
  const fault = discordFault(error);
  const isOfEdits = fault.kind === 'unavailable' && fault.undone && fault.holdsUp === 'channel';
  throw isOfEdits ? adviseOtherwise(fault, { holdsUp: 'edits' }) : fault;
}
