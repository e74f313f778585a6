import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ScriptedApi {
  readonly url: string;
  /** What it was asked, oldest first. */
  readonly heard: Heard[];
  /** Answers in place of the usual ones, each once; `hang` never answers. */
  readonly next: (Answer | 'hang')[];
  stop(): Promise<void>;
}

/** A server of ours that answers as the documentation of an API says. Not recorded from a real one. */
export async function startScriptedApi(usual: (heard: Heard) => Answer | 'hang'): Promise<ScriptedApi> {
  const heard: Heard[] = [];
  const next: (Answer | 'hang')[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) };
    heard.push(one);
    const answer = next.shift() ?? usual(one);
    if (answer === 'hang') return;
    const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    next,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
