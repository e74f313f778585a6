import { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Change, LiveFeed } from '../chat/live-feed.ts';
import type { Mailbox } from '../chat/mailbox.ts';
import { isVisibleTo } from '../inbound/find-sender.ts';
import { limits } from '../limits.ts';
import type { PlaygroundOptions } from '../options.ts';
import { type Html, writeHtml } from '../render/html.ts';
import { renderChange, renderSnapshot, type Shown } from '../render/panes.ts';
import type { Viewer } from '../render/viewer.ts';
import { type Asked, readAsked, readShown } from './read-view.ts';

/**
 * The live side of a page. A stream first sends everything the page shows, then each change: a page that was away
 * is up to date with its first event, and nothing falls between, because it subscribes before it reads.
 */
export function createStreamRoute(options: PlaygroundOptions, feed: LiveFeed): Hono {
  const routes = new Hono();
  routes.get('/', (c) => {
    const asked = readAsked(options, new URL(c.req.url).searchParams);
    return streamSSE(c, async (stream) => {
      const mailbox = feed.subscribe();
      stream.onAbort(() => feed.unsubscribe(mailbox));
      const pulse = setInterval(() => void stream.write(': alive\n\n'), limits.keepAliveMs);
      try {
        await sendAll(stream, options, asked, mailbox);
      } catch (error) {
        options.logger.warn({ error }, 'A live stream of the playground ended early');
      } finally {
        clearInterval(pulse);
        feed.unsubscribe(mailbox);
      }
    });
  });
  return routes;
}

async function sendAll(
  stream: SSEStreamingApi,
  options: PlaygroundOptions,
  asked: Asked,
  mailbox: Mailbox<Change>,
): Promise<void> {
  const viewer = (): Viewer => ({ person: asked.person, people: options.people, now: options.clock.now() });
  const shown = await readShown(options, asked);
  const known = listElements(shown);
  await send(stream, renderSnapshot(asked.channel, shown, viewer()));
  for (let changes = await mailbox.take(); changes !== undefined; changes = await mailbox.take()) {
    for (const change of changes) {
      if (!isVisibleTo(change.message, asked.person)) continue;
      await send(stream, renderChange(change, asked.view, viewer(), known));
    }
  }
}

function listElements({ roots, replies }: Shown): Set<string> {
  return new Set([
    ...roots.map(({ message }) => `c-${message.id}`),
    ...(replies ?? []).map((message) => `t-${message.id}`),
  ]);
}

async function send(stream: SSEStreamingApi, piece: Html): Promise<void> {
  const data = await writeHtml(piece);
  if (data !== '') await stream.writeSSE({ data });
}
