import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFrameCutter } from '../frames.ts';
import {
  createGathering,
  type DeliveryRules,
  isEnvelope,
  reshapeFrame,
  reshapeRequest,
} from './deliveries.ts';
import { sockets } from './sockets.ts';
import { type Acknowledged, createAckWatch } from './watch-acks.ts';

/** A call of the Web API on its way to the server; `number` counts the calls of this method, from 1. */
export interface Call {
  readonly method: string;
  readonly number: number;
  readonly token: string;
  readonly arguments: URLSearchParams;
}

/** What is answered instead of asking the server. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Decides about one call; undefined lets it pass. */
export type Rule = (call: Call) => Answer | undefined;

export const rateLimited = (seconds: number): Answer => ({
  status: 429,
  headers: { 'Retry-After': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});
export const outOfService: Answer = { status: 503, body: 'upstream is away' };
export const refused = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

/** The world between the bot and the Slack server: everything passes, until a test says otherwise. */
export interface SlackProxy extends DeliveryRules {
  readonly address: string;
  readonly port: number;
  /** Asked in order for every call of the Web API; the first answer counts. */
  rules: readonly Rule[];
  /** Where signed HTTP requests go, in turn; set once the bots listen. */
  botUrls: readonly string[];
  /** Keeps a delivery back as long as `gather` says. */
  readonly hold: ReturnType<typeof createGathering>;
  readonly calls: readonly (Call & { readonly at: number; readonly status: number })[];
  /** In the order of the acknowledgements. */
  readonly acknowledged: Acknowledged[];
  /** Cuts every Socket Mode connection, as a lost network does; returns how many there were. */
  dropSockets(): number;
  close(): Promise<void>;
}

export async function startSlackProxy(folder: string, signingSecret: string): Promise<SlackProxy> {
  const calls: SlackProxy['calls'][number][] = [];
  const open = new Set<Duplex>();
  const counts = new Map<string, number>();
  const { toServer, toBot } = sockets(folder);

  const pass = async (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) => {
    const { method, url: path, headers } = incoming;
    const passed = request({ socketPath: toServer, method, path, headers });
    passed.end(body);
    const [answer] = (await once(passed, 'response')) as [IncomingMessage];
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await buffer(incoming);
    const call = readCall(incoming, body, counts);
    const answer = call && findAnswer(proxy.rules, call);
    if (call) calls.push({ ...call, at: Date.now(), status: answer?.status ?? 200 });
    if (!answer) return pass(incoming, body, outgoing);
    outgoing.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    outgoing.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.on('upgrade', (incoming, client) => {
    const upstream = connect(toServer);
    upgrade(incoming, client, upstream, proxy);
    if (!incoming.url?.startsWith('/socket/')) return;
    open.add(client);
    client.once('close', () => open.delete(client));
  });
  const outside = createServer((incoming, outgoing) => {
    post(incoming, outgoing, proxy, signingSecret).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  outside.listen(toBot);
  await Promise.all([once(server, 'listening'), once(outside, 'listening')]);
  const { port } = server.address() as AddressInfo;
  const proxy: SlackProxy = {
    address: `127.0.0.1:${port}`,
    port,
    rules: [],
    deliveries: 1,
    gather: 1,
    redeliveries: 0,
    reshape: undefined,
    hold: createGathering(),
    botUrls: [],
    calls,
    acknowledged: [],
    dropSockets: () => {
      const count = open.size;
      for (const socket of open) socket.destroy();
      return count;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      for (const one of [server, outside]) {
        one.close();
        one.closeAllConnections();
      }
    },
  };
  return proxy;
}

function findAnswer(rules: readonly Rule[], call: Call): Answer | undefined {
  for (const rule of rules) {
    const answer = rule(call);
    if (answer) return answer;
  }
  return undefined;
}

function readCall(incoming: IncomingMessage, body: Buffer, counts: Map<string, number>): Call | undefined {
  const method = /^\/api\/([\w.]+)/.exec(incoming.url ?? '')?.[1];
  if (method === undefined) return undefined;
  const number = (counts.get(method) ?? 0) + 1;
  counts.set(method, number);
  const token = (incoming.headers.authorization ?? '').replace('Bearer ', '');
  return { method, number, token, arguments: new URLSearchParams(body.toString()) };
}

/** Pipes both ways; what the server says to a bot is repeated as often as the test wants. */
function upgrade(incoming: IncomingMessage, client: Duplex, upstream: Socket, proxy: SlackProxy): void {
  const head = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
  const acks = createAckWatch((one) => proxy.acknowledged.push(one));
  upstream.write(`GET ${incoming.url} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
  client.pipe(upstream);
  client.on('data', acks.heard);
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  upstream.on('close', () => client.destroy());
  const cut = createFrameCutter();
  let greeting = Buffer.alloc(0);
  let greeted = false;
  const hand = (frame: Buffer) => {
    acks.said(frame);
    for (let copy = 0; copy < proxy.deliveries; copy += 1) client.write(frame);
  };
  const say = (bytes: Buffer) => {
    for (const frame of cut(bytes)) {
      if (isEnvelope(frame)) proxy.hold(proxy.gather, () => hand(reshapeFrame(frame, proxy)));
      else client.write(frame);
    }
  };
  upstream.on('data', (chunk) => {
    if (greeted) return say(chunk);
    greeting = Buffer.concat([greeting, chunk]);
    const end = greeting.indexOf('\r\n\r\n');
    if (end === -1) return;
    greeted = true;
    client.write(greeting.subarray(0, end + 4));
    say(greeting.subarray(end + 4));
  });
}

/** A signed request to the bot, as often as the test wants, the later ones marked as Slack marks redeliveries. */
async function post(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  proxy: SlackProxy,
  signingSecret: string,
): Promise<void> {
  const given = await buffer(incoming);
  const wanted = ['content-type', 'x-slack-signature', 'x-slack-request-timestamp'] as const;
  const kept = Object.fromEntries(wanted.map((name) => [name, String(incoming.headers[name] ?? '')]));
  const { body, headers } = reshapeRequest({ body: given, headers: kept }, proxy, signingSecret);
  await new Promise<void>((resolve) => proxy.hold(proxy.gather, resolve));
  const began = performance.now();
  const send = (number: number) =>
    fetch(proxy.botUrls[number % proxy.botUrls.length] ?? '', {
      method: 'POST',
      headers: number === 0 ? headers : { ...headers, 'x-slack-retry-num': String(number) },
      body: new Uint8Array(body),
    });
  const copies = Array.from({ length: proxy.deliveries }, (_, number) => insist(proxy, number, send));
  const [first] = await Promise.all(copies);
  if (first?.ok) proxy.acknowledged.push({ body: body.toString(), ms: performance.now() - began });
  outgoing.writeHead(first?.status ?? 502, { 'Content-Type': 'application/json' });
  outgoing.end(await first?.text());
}

const againMs = 250;

/** Makes a request again that was not taken. */
async function insist(
  proxy: SlackProxy,
  number: number,
  send: (number: number) => Promise<Response>,
): Promise<Response> {
  for (let again = number; ; again += 1) {
    const answer = await send(again).catch((error: Error) => error);
    if (!(answer instanceof Error) && answer.ok) return answer;
    if (again - number >= proxy.redeliveries) {
      if (answer instanceof Error) throw answer;
      return answer;
    }
    await sleep(againMs);
  }
}
