import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What one request gets; `raw` writes whatever it likes. */
export type ModelAnswer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | { readonly raw: (response: ServerResponse) => void };

export interface ModelServer {
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly ModelRequest[];
  /** The rule from now on; it gets the request and how many came before it. */
  answer(rule: (request: ModelRequest, before: number) => ModelAnswer): void;
  close(): Promise<void>;
}

/** An HTTP server that answers as a test says: no model can be had where the tests run. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  let rule: (request: ModelRequest, before: number) => ModelAnswer = () => ({ status: 404, body: {} });
  const server = createServer(async (incoming, response) => {
    const body = (await json(incoming)) as Record<string, unknown>;
    const request = { path: incoming.url ?? '', headers: incoming.headers, body };
    const answer = rule(request, requests.length);
    requests.push(request);
    if ('raw' in answer) return answer.raw(response);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      rule = next;
      requests.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
