import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Answer, outOfService, unauthorized } from './answers.ts';
import { readCall } from './call.ts';
import { createGateway, type Gateway, type GatewayRules } from './gateway.ts';
import { botToken } from './guild.ts';
import { plays } from './plays/plays.ts';
import type { Call, World } from './world.ts';

/*
 * The world between the bot and the Discord server (discord-digital-twin 0.1.1): everything passes, until a test says
 * otherwise. The server lacks much that Discord does; this side of it plays, after discord.com/developers/docs:
 *
 * REST
 * - 401 for a wrong token (it takes any); 429, 5xx and lost answers, by `rules`.
 * - Permissions: 50001 and 50013, and `permission_overwrites` of channels (`denied`). It knows none.
 * - Limits of messages, embeds, components, modals, commands: 50035. It takes any size.
 * - A thread made on a message has the message's id (its threads have ids of their own), archived threads open when
 *   somebody posts into them, locked ones refuse (160005), and GET …/threads/archived/public lists.
 * - Files: it reads no multipart bodies. They are kept here and hung on the message.
 * - `nonce` with `enforce_nonce`; edits of other people's messages (50005).
 * - GET …/messages: the newest first also with `after`, with reactions and mentions, without ephemeral messages.
 * - GET …/reactions/EMOJI, GET …/commands as PUT left them, GET /users/@me/guilds, direct messages (its channels
 *   without a guild), 50007 from a person who takes none, fields of GET /applications/@me.
 * - Interactions: a deferred reply is a message of its own (there it overwrites the message with the button), what fills
 *   it is ephemeral when it was; who sees an ephemeral message.
 *
 * Gateway
 * - Intents, also those that the application was not given (4014); it sends everybody everything.
 * - RESUME: replays what was missed, or refuses (op 9). It never answers it.
 * - Lost connections, close codes, an unreachable gateway, events twice.
 * - `mentions`; threads of GUILD_CREATE; events of direct messages, which it sends with an empty guild id; ephemeral
 *   messages, which it tells to everybody.
 *
 * People (people.ts): reactions, autocomplete, context menus, direct messages, webhooks, members who leave, roles.
 *
 * Not played: permissions of people, slow mode, forums, stickers, components of version 2, signed interaction requests.
 */

/** Decides about one call; undefined lets it pass. */
export type Rule = (call: Call) => Answer | undefined;
export type SeenCall = Call & {
  readonly at: number;
  readonly status: number;
  /** How long the server and this side of it took to answer, in milliseconds. */
  readonly ms: number;
};

export interface DiscordProxy extends GatewayRules {
  /** For `DISCORD_API_URL`: what discord.js takes as `rest.api`. */
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  /** Asked in order for every call; the first answer counts. */
  rules: readonly Rule[];
  /** What opens the door; another one than the bot's is a revoked token. */
  token: string;
  readonly calls: readonly SeenCall[];
  readonly gateway: Gateway;
  /** Once both are there. */
  attach(world: World, port: number): void;
  close(): Promise<void>;
}

export async function startDiscordProxy(): Promise<DiscordProxy> {
  const calls: SeenCall[] = [];
  const counts = new Map<string, number>();
  let behind: { readonly world: World; readonly port: number } | undefined;
  const there = () => {
    if (!behind) throw new Error('the server is not there yet');
    return behind;
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const raw = await buffer(incoming);
    const call = await readCall(incoming, raw, counts);
    if (!call) return void outgoing.writeHead(404).end();
    const began = performance.now();
    const answer = await answerCall(call, proxy, there());
    calls.push({ ...call, at: Date.now(), status: answer.status, ms: performance.now() - began });
    send(answer, outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: Error) => send({ status: 500, body: error.stack }, outgoing));
  });
  server.on('upgrade', (incoming, client) => proxy.gateway.upgrade(incoming, client));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const rules: GatewayRules = { resume: 'replays', down: false, copies: 1, reshape: undefined };
  const proxy: DiscordProxy = Object.assign(rules, {
    apiUrl: `http://127.0.0.1:${port}/api`,
    gatewayUrl: `ws://127.0.0.1:${port}/gateway`,
    rules: [],
    token: botToken,
    calls,
    gateway: createGateway({
      rules,
      world: () => there().world,
      serverPort: () => there().port,
      gatewayUrl: () => `ws://127.0.0.1:${port}/gateway`,
    }),
    attach: (world: World, serverPort: number) => {
      behind = { world, port: serverPort };
    },
    close: async () => {
      proxy.gateway.close();
      server.close();
      server.closeAllConnections();
    },
  });
  return proxy;
}

async function answerCall(
  call: Call,
  { rules, token, down }: DiscordProxy,
  { world, port }: { readonly world: World; readonly port: number },
): Promise<Answer> {
  if (down) return outOfService;
  const ruled = findAnswer(rules, call);
  if (ruled && !ruled.afterEffect) return ruled;
  if (needsToken(call) && call.token !== token) return unauthorized;
  const next = (body: unknown = call.body) => ask(port, call, body);
  const answer = (await plays[call.route]?.(call, world, next)) ?? (await next());
  return ruled ?? answer;
}

function findAnswer(rules: readonly Rule[], call: Call): Answer | undefined {
  for (const rule of rules) {
    const answer = rule(call);
    if (answer) return answer;
  }
  return undefined;
}

const needsToken = ({ path }: Call): boolean => !/^\/(interactions|webhooks)\//.test(path);

/** One request to the server itself. */
async function ask(port: number, call: Call, body: unknown): Promise<Answer> {
  const { method, path, query, token } = call;
  const sent = body === undefined ? '' : JSON.stringify(body);
  const asked = request({
    port,
    host: '127.0.0.1',
    method,
    path: `/api/v10${path}${query.size > 0 ? `?${query}` : ''}`,
    headers: {
      Authorization: `Bot ${token}`,
      'Content-Length': Buffer.byteLength(sent),
      ...(sent === '' ? {} : { 'Content-Type': 'application/json' }),
    },
  });
  asked.end(sent);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await buffer(answer)).toString();
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => name.startsWith('x-ratelimit')),
  ) as Record<string, string>;
  return { status: answer.statusCode ?? 502, headers, body: text === '' ? undefined : JSON.parse(text) };
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const json = body !== undefined && typeof body !== 'string';
  outgoing.writeHead(status, { ...(json ? { 'Content-Type': 'application/json' } : {}), ...headers });
  outgoing.end(json ? JSON.stringify(body) : body);
}
