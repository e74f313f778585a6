import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { requirePeer } from '#test/support/peers.ts';
import { type SlackProxy, startSlackProxy } from './proxy.ts';
import { openScreen, type Screen } from './screen.ts';
import { botPort } from './sockets.ts';

/*
 * The Slack server that nobody here wrote: the program of the npm package local-slack-linux-x64 0.1.8.
 *
 * `local-slack --config FILE --port N --base-host HOST --files-dir DIR`; the file (YAML or JSON) holds
 * `workspace {name, domain, teamId}`, `apps [{appId, botUserId, botName, botToken, appToken, signingSecret,
 * mode: socket|events, requestUrl}]`, `users [{id, name, real_name?, is_bot?}]`, `channels [{id, name, members}]`.
 * - `/api/METHOD`: auth.test apps.connections.open team.info bots.info chat.{postMessage,update,delete,postEphemeral,
 *   getPermalink,meMessage} conversations.{list,info,history,replies,members,open,create} users.{list,info,
 *   lookupByEmail,conversations} views.{open,push,update,publish} reactions.{add,remove}
 *   files.{getUploadURLExternal,completeUploadExternal,info,list,delete} emoji.list; others: unknown_method.
 * - `/_control/*` acts as a user: message {channel,user,text,thread_ts} edit-message delete-message reaction
 *   {channel,ts,user,name,present} interact {channel,messageTs,user,action} command {channel,user,command,text}
 *   open-home {user} upload (multipart) reset; state, log and messages/CHANNEL are read with GET. A post answers once
 *   the bot has acknowledged, or after 5 s.
 * - `ws://…/ui` shows what a screen shows ({t:'init'|'message'|'view'|'view_errors'|'home',…}) and takes
 *   {t:'view_submit'|'view_close',user,values}; there is one stack of modals for everybody.
 * - What it does not do: tokens and scopes, 429 and 5xx, redelivery, reactions.get, user groups, guests, oldest/limit
 *   of conversations.history, message shortcuts, that a pressed message is
 *   ephemeral, ordering by time (an id counts up within a second). proxy.ts adds
 *   what a test needs of that.
 *
 * It listens on all interfaces, so it runs in a network namespace of its own (inside.ts) and is reached through the
 * proxy, which has the same port outside: the addresses that the server hands out hold on both sides.
 */

/** Tokens look like Slack's, and are made here so that no file holds one. */
export const tokens = {
  bot: ['xoxb', 'of', 'this', 'test'].join('-'),
  app: ['xapp', 'of', 'this', 'test'].join('-'),
  signing: 'a-signing-secret-of-this-test',
};

export const team = { id: 'T01TEST', name: 'Test Team' };
/** One server is one team. */
export interface OwnTeam {
  readonly id: string;
  readonly name: string;
  readonly botToken: string;
}

export const bot = { user: 'U0RECOURSE', name: 'recourse' };
export const users = {
  rae: 'U01RAE',
  ada: 'U02ADA',
  ben: 'U03BEN',
  vic: 'U04VIC',
  max: 'U05MAX',
} as const;
export type User = keyof typeof users;
export const channels = {
  incidents: 'C01INCIDENTS',
  general: 'C02GENERAL',
  elsewhere: 'C03ELSEWHERE',
} as const;

export interface SlackMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly text: string;
  readonly subtype?: string;
  readonly ephemeral_to?: string;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly files?: readonly Record<string, unknown>[];
}

export interface LocalSlack extends AsyncDisposable {
  /** What the bot is started with, for `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly proxy: SlackProxy;
  readonly screen: Screen;
  /** POSTs to `/_control/PATH`; resolves once the bot has acknowledged. */
  act(path: string, body: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Posts as a user; returns the message's ts. */
  say(
    user: User,
    text: string,
    where?: { readonly channel?: string; readonly thread?: string },
  ): Promise<string>;
  messages(channel?: string): Promise<readonly SlackMessage[]>;
}

/** A team other than the usual one, and ids of further channels that the bot is in, each its own name. */
interface SlackOptions {
  readonly own?: OwnTeam;
  readonly more?: readonly string[];
}

export async function startLocalSlack(
  mode: 'socket' | 'events' = 'socket',
  { own = { ...team, botToken: tokens.bot }, more = [] }: SlackOptions = {},
): Promise<LocalSlack> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-slack-'));
  const proxy = await startSlackProxy(folder, tokens.signing);
  const child = await startInside(folder, configuration(mode, own, more), proxy.port);
  const url = `http://${proxy.address}`;
  await answering(`${url}/_control/state`);
  const screen = await openScreen(`ws://${proxy.address}/ui`);
  const act = async (path: string, body: Readonly<Record<string, unknown>>) => {
    const response = await fetch(`${url}/_control/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`_control/${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    apiUrl: `${url}/api/`,
    proxy,
    screen,
    act,
    say: async (user, text, { channel = channels.incidents, thread } = {}) => {
      const said = await act('message', { user: users[user], channel, text, thread_ts: thread });
      return (said.message as SlackMessage).ts;
    },
    messages: async (channel = channels.incidents) => {
      const response = await fetch(`${url}/_control/messages/${channel}`);
      return ((await response.json()) as { messages: SlackMessage[] }).messages;
    },
    [Symbol.asyncDispose]: async () => {
      screen.close();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** perl is in every Debian; it sets IFF_UP on the loopback of the new namespace, which starts down. */
const enter = `perl -e '$r = pack("a16s", "lo", 0x49); socket(S, 2, 2, 0) && ioctl(S, 0x8914, $r) or die' && exec "$@"`;

async function startInside(folder: string, configured: unknown, port: number): Promise<ChildProcess> {
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(configured));
  const inside = fileURLToPath(new URL('./inside.ts', import.meta.url));
  return spawn(
    'unshare',
    [
      '--user',
      '--map-root-user',
      '--net',
      'sh',
      '-c',
      enter,
      'sh',
      process.execPath,
      inside,
      requirePeer('slack'),
      config,
      String(port),
      folder,
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
}

const configuration = (mode: string, { id: teamId, name, botToken }: OwnTeam, more: readonly string[]) => ({
  workspace: { name, domain: 'test-team', teamId },
  apps: [
    {
      appId: 'A01RECOURSE',
      botUserId: bot.user,
      botName: bot.name,
      botToken,
      appToken: tokens.app,
      signingSecret: tokens.signing,
      mode,
      requestUrl: `http://127.0.0.1:${botPort}/slack/events`,
    },
  ],
  users: Object.entries(users).map(([name, id]) => ({
    id,
    name,
    real_name: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
  })),
  channels: [...Object.entries(channels), ...more.map((id) => [id, id] as const)].map(([name, id]) => ({
    id,
    name,
    members: [...Object.values(users), ...(name === 'elsewhere' ? [] : [bot.user])],
  })),
});

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error('local-slack did not start');
}
