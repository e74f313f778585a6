import { type Context, Hono } from 'hono';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuseFault } from '../errors.ts';
import {
  type ChangedMessage,
  createAskAbout,
  createDeleteMessage,
  createEditMessage,
} from '../inbound/change-message.ts';
import { createChangeReaction } from '../inbound/change-reaction.ts';
import { createPostMessage } from '../inbound/post-message.ts';
import { createPressButton } from '../inbound/press-button.ts';
import { type Fields, readFields } from '../inbound/read-fields.ts';
import type { PlaygroundOptions } from '../options.ts';
import { answerButton, answerForm, answerMessage, answerReaction } from './answer.ts';
import { answerChange } from './answer-change.ts';

/** What people do, as posts: URL-encoded from the page, JSON from programs; each is answered in its own kind. */
export function createPostRoutes(options: PlaygroundOptions, feed: LiveFeed): Hono {
  const routes = new Hono();
  const post = <T extends { readonly kind: string }>(
    path: string,
    handle: (fields: Fields) => Promise<T | Refused>,
    answer: (c: Context, outcome: T | Refused, fields: Fields) => Response | Promise<Response>,
  ) =>
    routes.post(path, async (c) => {
      const read = await readFields(c.req.raw);
      if (read.kind === 'refused') return answer(c, read, {});
      try {
        return await answer(c, await handle(read.fields), read.fields);
      } catch (error) {
        return answer(c, refuseFault(error, options.logger), read.fields);
      }
    });
  post('/messages', createPostMessage(options, feed), (c, outcome, fields) =>
    answerMessage(c, outcome, fields, options),
  );
  post('/actions', createPressButton(options, feed, false), (c, outcome, fields) =>
    answerButton(c, outcome, fields, options),
  );
  post('/forms', createPressButton(options, feed, true), (c, outcome, fields) =>
    answerForm(c, outcome, fields, options),
  );
  const answerEach = (c: Context, outcome: ChangedMessage, fields: Fields) =>
    answerChange(c, outcome, fields, options);
  post('/edits', createEditMessage(options, feed), answerEach);
  post('/deletions', createDeleteMessage(options, feed), answerEach);
  post('/asks', createAskAbout(options), answerEach);
  post('/reactions', createChangeReaction(options, feed), answerReaction);
  return routes;
}
