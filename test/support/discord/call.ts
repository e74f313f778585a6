import type { IncomingMessage } from 'node:http';
import type { Call, Upload } from './world.ts';

/** Reads a request to the API; undefined for anything else. */
export async function readCall(
  { url = '', method = 'GET', headers }: IncomingMessage,
  raw: Buffer,
  counts: Map<string, number>,
): Promise<Call | undefined> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = /^\/api\/v10(\/.*)$/.exec(pathname)?.[1];
  if (path === undefined) return undefined;
  const route = `${method} ${generalPath(path)}`;
  const number = (counts.get(route) ?? 0) + 1;
  counts.set(route, number);
  const token = (headers.authorization ?? '').replace(/^Bot /, '');
  const content = await readContent(raw, headers['content-type'] ?? '');
  return { route, method, path, query: searchParams, number, token, ...content };
}

const generalPath = (path: string): string =>
  path
    .replace(/\/(interactions|webhooks)\/(\d+)\/[^/]+/, '/$1/$2/:token')
    .replace(/\/reactions\/[^/]+/, '/reactions/:emoji')
    .replace(/%40original|@original/, '@original')
    .replace(/\/\d+(?=\/|$)/g, '/:id');

async function readContent(
  raw: Buffer,
  type: string,
): Promise<{ readonly body: unknown; readonly uploads: readonly Upload[] }> {
  if (raw.length === 0) return { body: undefined, uploads: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(raw.toString()), uploads: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { 'Content-Type': type } }).formData();
  const files = [...form.values()].filter((value) => value instanceof File);
  const uploads = await Promise.all(
    files.map(async (file) => {
      const bytes = Buffer.from(await file.arrayBuffer());
      return { name: file.name, text: bytes.toString(), base64: bytes.toString('base64') };
    }),
  );
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), uploads };
}
