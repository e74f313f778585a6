import process from 'node:process';
import { type Answer, rateLimited } from '#test/support/discord/answers.ts';
import { bot, people } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import type { Rule } from '#test/support/discord/proxy.ts';
import { wordsOf } from '#test/support/discord/screen.ts';
import { discordEnvironment } from '#test/support/discord/start-discord-bot.ts';
import { isJson, type Json } from '#test/support/discord/world.ts';
import { everyThird } from '#test/support/every-third.ts';
import { type Calls, channelCount, type ServerRules, type Stored } from './chat-server.ts';
import type { Order, Told } from './discord-orders.ts';
import { atMost } from './refusals.ts';

/*
 * The Discord server and the proxy before it, away from what measures: they would take turns on one event loop. Does what
 * it is told over the channel to its parent, and ends with it.
 */

const names = Array.from({ length: channelCount }, (_, n) => `bench-${n}`);
const discord = await startLocalDiscord(names);
const tell = (told: Told): void => void process.send?.(told);
const post = 'POST /channels/:id/messages';

/** Threads by their ids; a thread has the id of the message that it began with. */
const threads = new Set<string>();
discord.proxy.reshape = (event, data) => {
  if (event === 'THREAD_CREATE') threads.add(String(data.id));
  if (event === 'MESSAGE_CREATE' || event === 'MESSAGE_UPDATE')
    tell({ kind: 'stored', stored: asStored(data, event === 'MESSAGE_CREATE') });
  return data;
};

function asStored(message: Json, isNew: boolean): Stored {
  const channel = String(message.channel_id);
  return {
    change: isNew ? 'new' : 'edit',
    id: String(message.id),
    thread: threads.has(channel) ? channel : null,
    text: wordsOf(message as unknown as Parameters<typeof wordsOf>[0]),
    byBot: isJson(message.author) && message.author.id === bot.id,
    at: performance.now(),
  };
}

/** 50 calls a second over all routes is documented; five messages in five seconds and channel is what it answers today. */
function documented(): Rule {
  const ofAll = atMost<Answer>(50, 1000, rateLimited(1, 'global'));
  const ofChannel = atMost<Answer>(5, 5000, rateLimited(1));
  return ({ route, path }) => {
    if (/^\/(interactions|webhooks)\//.test(path)) return undefined;
    return ofAll('all') ?? (route === post ? ofChannel(path) : undefined);
  };
}

const rulesFor = {
  nothing: () => [],
  documented: () => [documented()],
  'every third': () => [everyThird(() => rateLimited(1))],
} satisfies Readonly<Record<ServerRules['refuses'], () => readonly Rule[]>>;

const carryOut = async (order: Order): Promise<unknown> => {
  switch (order.kind) {
    case 'play':
      discord.proxy.rules = rulesFor[order.rules.refuses]();
      discord.proxy.copies = order.rules.copies;
      return undefined;
    case 'ask':
      return (await discord.people.say(people.rae, `<@${bot.id}> ${order.text}`, order.channel)).id;
    case 'press':
      return press(order.channel, order.message, order.verb);
    case 'tell calls':
      return calls();
  }
};

/** As the administrator, who may do everything; returns the milliseconds to the first answer. */
async function press(channel: string, id: string, verb: string): Promise<number> {
  const message = (await discord.screen.messages(channel)).find((one) => one.id === id);
  if (!message) throw new Error(`no message ${id}`);
  return (await discord.people.press(people.max, message, verb)).callback.ms;
}

function calls(): Calls {
  const all = discord.proxy.calls;
  return {
    refused: all.filter(({ status }) => status === 429).length,
    took: all.filter(({ status }) => status !== 429).map(({ ms }) => ms),
  };
}

process.on('message', (order: Order) => {
  const { number } = order;
  carryOut(order).then(
    (value) => tell({ kind: 'done', number, value }),
    (error: unknown) => tell({ kind: 'failed', number, why: String(error) }),
  );
});
process.once('disconnect', () => {
  const end = () => process.exit();
  discord[Symbol.asyncDispose]().then(end, end);
});
tell({ kind: 'ready', environment: discordEnvironment(discord) });
