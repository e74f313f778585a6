import type { Play } from '../world.ts';
import {
  getApplication,
  getChannel,
  listChannels,
  listCommands,
  listGuilds,
  openDirect,
  putCommands,
} from './application.ts';
import { answerInteraction, editOriginal, followUp } from './interactions.ts';
import { getMessage, listMessages, patchMessage, postMessage } from './messages.ts';
import { addReaction, listReactions } from './reactions.ts';
import { archivedThreads, startThread } from './threads.ts';

/** What is played around the server, by route; all else it answers by itself. */
export const plays: Readonly<Record<string, Play>> = {
  'POST /channels/:id/messages': postMessage,
  'GET /channels/:id/messages': listMessages,
  'GET /channels/:id/messages/:id': getMessage,
  'PATCH /channels/:id/messages/:id': patchMessage,
  'POST /channels/:id/messages/:id/threads': startThread,
  'GET /channels/:id/threads/archived/public': archivedThreads,
  'GET /channels/:id/messages/:id/reactions/:emoji': listReactions,
  'PUT /channels/:id/messages/:id/reactions/:emoji/@me': addReaction,
  'GET /channels/:id': getChannel,
  'GET /guilds/:id/channels': listChannels,
  'GET /applications/@me': getApplication,
  'GET /applications/:id/commands': listCommands,
  'PUT /applications/:id/commands': putCommands,
  'GET /applications/:id/guilds/:id/commands': listCommands,
  'PUT /applications/:id/guilds/:id/commands': putCommands,
  'GET /users/@me/guilds': listGuilds,
  'POST /users/@me/channels': openDirect,
  'POST /interactions/:id/:token/callback': answerInteraction,
  'POST /webhooks/:id/:token': followUp,
  'PATCH /webhooks/:id/:token/messages/@original': editOriginal,
};
