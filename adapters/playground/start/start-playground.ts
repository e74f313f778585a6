import { Hono } from 'hono';
import type { Chat } from '#ports/chat.ts';
import { createPlaygroundChat } from '../chat/create-playground-chat.ts';
import { createLiveFeed } from '../chat/live-feed.ts';
import { refuseFault } from '../errors.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { renderClosedDoor } from '../render/page.ts';
import { createAssetRoutes } from './assets.ts';
import { createPageRoutes } from './create-page-routes.ts';
import { createPostRoutes } from './create-post-routes.ts';
import { createStreamRoute } from './create-stream-route.ts';
import { createGuard } from './guard.ts';

export interface Playground {
  readonly chat: Chat;
  /** `/` and `/playground/*`; to be served by a listener on a loopback address. */
  readonly routes: Hono;
  readonly people: readonly PlaygroundPerson[];
  /** Ends the live streams, so that the listener can close. */
  close(): void;
}

/** Builds the playground: a chat platform of its own, on a web page, over a conversation log. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const feed = createLiveFeed(options);
  const routes = new Hono();
  const guard = createGuard(options);
  routes.use('/', guard);
  routes.use('/playground/*', guard);
  routes.route('/', createPageRoutes(options));
  routes.route('/playground', createPostRoutes(options, feed));
  routes.route('/playground/stream', createStreamRoute(options, feed));
  routes.route('/playground/assets', await createAssetRoutes());
  routes.onError((error, c) => {
    const refused = refuseFault(error, options.logger);
    return c.html(renderClosedDoor('That did not work', [refused.error]), refused.status);
  });
  return { chat: createPlaygroundChat(options, feed), routes, people: options.people, close: feed.close };
}
