import { Hono } from 'hono';
import { openHome } from '../inbound/open-home.ts';
import { suggestNames } from '../inbound/suggest-names.ts';
import type { PlaygroundOptions } from '../options.ts';
import { renderHomePage, renderPage } from '../render/page.ts';
import { renderSuggestions } from '../render/suggestions.ts';
import { isPage } from './answer.ts';
import { type Asked, readAsked, readShown } from './read-view.ts';

/** The page at `/`, and what it shows as JSON for programs. */
export function createPageRoutes(options: PlaygroundOptions): Hono {
  const routes = new Hono();
  routes.get('/', async (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    const { person, channel, view } = asked;
    if (c.req.query('home') !== undefined) return c.html(await homePage(options, asked));
    const shown = await readShown(options, asked);
    const viewer = { person, people: options.people, now: options.clock.now() };
    return c.html(renderPage({ channels: options.channels, channel, view, shown, viewer }));
  });
  routes.get('/playground/home', async (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    return c.json({ person: asked.person.externalId, reply: await openHome(options, asked) });
  });
  routes.get('/playground/channel', async (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    const { roots } = await readShown(options, asked);
    return c.json({ channel: asked.channel.name, person: asked.person.externalId, roots });
  });
  routes.get('/playground/thread', async (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    const { replies } = await readShown(options, asked);
    const { channel, thread } = asked.view;
    return c.json({ channel, thread, person: asked.person.externalId, messages: replies ?? [] });
  });
  routes.get('/playground/suggestions', async (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    const suggestions = await suggestNames(options, asked, c.req.query('text') ?? '');
    return isPage(c) ? c.html(renderSuggestions(suggestions)) : c.json({ suggestions });
  });
  return routes;
}

async function homePage(options: PlaygroundOptions, asked: Asked) {
  const { people, clock, channels } = options;
  const viewer = { person: asked.person, people, now: clock.now() };
  return renderHomePage(channels, await openHome(options, asked), viewer);
}
