import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { styleSheets } from '../render/page.ts';

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';
const own = (name: string, type: string) => ({
  name,
  type,
  from: new URL(`../assets/${name}`, import.meta.url).href,
});

const files = [
  { name: 'htmx.js', type: script, from: import.meta.resolve('htmx.org/dist/htmx.min.js') },
  { name: 'hx-sse.js', type: script, from: import.meta.resolve('htmx.org/dist/ext/hx-sse.min.js') },
  own('playground.js', script),
  ...styleSheets.map((name) => own(name, style)),
  own('icon.svg', 'image/svg+xml'),
];

/** The page's own files and htmx, from this machine: the playground works without a network. Read once, at start. */
export async function createAssetRoutes(): Promise<Hono> {
  const routes = new Hono();
  for (const { name, type, from } of files) {
    const body = await readFile(fileURLToPath(from), 'utf8');
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag };
    routes.get(`/${name}`, (c) =>
      c.req.header('if-none-match') === tag ? c.body(null, 304, headers) : c.body(body, 200, headers),
    );
  }
  return routes;
}
