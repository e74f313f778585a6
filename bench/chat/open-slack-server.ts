import { once } from 'node:events';
import { everyThird } from '#test/support/every-third.ts';
import { bot, startLocalSlack, team, tokens } from '#test/support/slack/local-slack.ts';
import { type Rule, rateLimited } from '#test/support/slack/proxy.ts';
import { freePort } from '../server-process.ts';
import { type ChatServer, channelCount, type ServerRules, type Stored } from './chat-server.ts';
import { oneASecond } from './refusals.ts';

const channels = Array.from({ length: channelCount }, (_, n) => `C1BENCH${n}`);

const secretFor = {
  socket: { SLACK_APP_TOKEN: tokens.app },
  http: { SLACK_SIGNING_SECRET: tokens.signing },
};

/** The Slack server with the bench's channels. */
export async function openSlackServer(mode: 'socket' | 'http'): Promise<ChatServer> {
  await using opened = new AsyncDisposableStack();
  const slack = opened.use(await startLocalSlack(mode === 'http' ? 'events' : 'socket', { more: channels }));
  const publicAddress = `127.0.0.1:${await freePort()}`;
  slack.proxy.botUrls = [`http://${publicAddress}/slack/events`];
  const stored: Stored[] = [];
  const socket = await watchPage(slack.proxy.address, (one) => stored.push(one));
  opened.defer(() => socket.close());
  const closing = opened.move();
  return {
    environment: {
      RECOURSE_PUBLIC_ADDRESS: publicAddress,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: tokens.bot,
      ...secretFor[mode],
    },
    workspace: team.id,
    channels,
    stored,
    get acknowledged() {
      return slack.proxy.acknowledged.filter(({ body }) => isMessage(body)).map(({ ms }) => ms);
    },
    calls: async () => ({
      refused: slack.proxy.calls.filter(({ status }) => status === 429).length,
      took: [],
    }),
    play: async ({ refuses, copies }) => {
      slack.proxy.rules = rulesFor(refuses);
      slack.proxy.deliveries = copies;
    },
    ask: async (channel, text) =>
      idOf(channel, await slack.say('rae', `<@${bot.user}> ${text}`, { channel })),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** A mention comes once more as `app_mention`, which is quick, since it is known by then. */
const isMessage = (body: string): boolean => !body.includes('"type":"app_mention"');
const idOf = (channel: string, ts: string): string => `${channel} ${ts}`;

function rulesFor(refuses: ServerRules['refuses']): readonly Rule[] {
  if (refuses === 'every third') return [everyThird(() => rateLimited(1))];
  return refuses === 'documented' ? [onePostASecond()] : [];
}

/** What Slack documents for `chat.postMessage`. */
function onePostASecond(): Rule {
  const refuse = oneASecond(rateLimited(1));
  return ({ method, arguments: given }) =>
    method === 'chat.postMessage' ? refuse(given.get('channel') ?? '') : undefined;
}

interface Frame {
  readonly t: string;
  readonly message?: {
    readonly ts: string;
    readonly channel: string;
    readonly thread_ts?: string;
    readonly user?: string;
    readonly text: string;
    readonly ephemeral_to?: string;
  };
}

/** Listens where the server's page does, so that both ends of a time are the server's own word. */
async function watchPage(address: string, tell: (stored: Stored) => void): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${address}/ui`);
  socket.addEventListener('message', ({ data }) => {
    const { t, message } = JSON.parse(String(data)) as Frame;
    if ((t !== 'message' && t !== 'message_update') || !message || message.ephemeral_to) return;
    const { channel, ts, text, thread_ts, user } = message;
    tell({
      change: t === 'message' ? 'new' : 'edit',
      id: idOf(channel, ts),
      thread: thread_ts === undefined ? null : idOf(channel, thread_ts),
      text,
      byBot: user === bot.user,
      at: performance.now(),
    });
  });
  await once(socket, 'open');
  return socket;
}
