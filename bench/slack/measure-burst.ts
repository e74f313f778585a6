import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#test/support/random.ts';
import { bot, type LocalSlack } from '#test/support/slack/local-slack.ts';
import { type Rule, rateLimited } from '#test/support/slack/proxy.ts';
import { syntheticQuestions } from '../synthetic-runbooks.ts';
import { benchChannels, type SlackBench } from './open-slack-bench.ts';
import { type PeriodFigures, watchPeriod } from './watch-period.ts';

export interface BurstFigures extends PeriodFigures {
  /** Milliseconds from the message stored at the server to its answer stored there, one a message that got one. */
  readonly replied: readonly number[];
  readonly twice: number;
}

const burstMs = 10_000;
const patienceMs = 120_000;
/** An answer too many would come soon after the last one. */
const settleMs = 3_000;

/** `messages` problems in 10 s, each in some channel, into which one new message a second may be posted. */
export async function measureBurst(bench: SlackBench, messages: number): Promise<BurstFigures> {
  const { slack, watch } = bench;
  slack.proxy.rules = [onePostASecond()];
  const figures = await watchPeriod(bench);
  const begin = watch.stored.length;
  const burst = () => watch.stored.slice(begin);
  const answers = () => burst().filter(({ byBot, change }) => byBot && change === 'new');
  await say(slack, messages);
  await watch.until(() => answers().length >= messages, patienceMs);
  await sleep(settleMs);
  const threads = Map.groupBy(answers(), ({ channel, thread }) => `${channel} ${thread}`);
  const exchanges = burst()
    .filter(({ byBot }) => !byBot)
    .map((root) => ({ root, answers: threads.get(`${root.channel} ${root.ts}`) ?? [] }));
  return {
    ...(await figures()),
    replied: exchanges.flatMap(({ root, answers: [first] }) => (first ? [first.at - root.at] : [])),
    twice: exchanges.filter(({ answers: { length } }) => length > 1).length,
  };
}

async function say(slack: LocalSlack, messages: number): Promise<void> {
  const random = createRandom(200);
  const someChannel = () => benchChannels[Math.floor(random() * benchChannels.length)] ?? '';
  const saying: Promise<string>[] = [];
  const began = performance.now();
  for (const [n, text] of syntheticQuestions(messages).entries()) {
    saying.push(slack.say('rae', `<@${bot.user}> ${text}`, { channel: someChannel() }));
    await sleep(Math.max(0, began + ((n + 1) * burstMs) / messages - performance.now()));
  }
  await Promise.all(saying);
}

/** What Slack documents for `chat.postMessage`. */
function onePostASecond(): Rule {
  const freeAt = new Map<string, number>();
  return ({ method, arguments: given }) => {
    if (method !== 'chat.postMessage') return undefined;
    const channel = given.get('channel') ?? '';
    const now = performance.now();
    if (now < (freeAt.get(channel) ?? 0)) return rateLimited(1);
    freeAt.set(channel, now + 1000);
    return undefined;
  };
}
