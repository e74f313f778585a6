import { setTimeout as sleep } from 'node:timers/promises';
import { bot } from '#test/support/slack/local-slack.ts';
import { syntheticQuestions } from '../synthetic-runbooks.ts';
import { benchChannels, type SlackBench } from './open-slack-bench.ts';
import { type PeriodFigures, watchPeriod } from './watch-period.ts';

export interface ReplyFigures extends PeriodFigures {
  /** Milliseconds from the message stored at the server to its answer stored there, one a question. */
  readonly replied: readonly number[];
}

const warmUp = 40;
/** Over the 20 channels this leaves each more than the second that a new message has to wait for. */
const everyMs = 100;
const patienceMs = 20_000;

/** One question after another, each as a mention in the next channel. */
export async function measureReplies(bench: SlackBench, questions: number): Promise<ReplyFigures> {
  const asked = [...syntheticQuestions(warmUp + questions).entries()];
  for (const [n, text] of asked.slice(0, warmUp)) await ask(bench, n, text);
  const figures = await watchPeriod(bench);
  const replied: number[] = [];
  for (const [n, text] of asked.slice(warmUp)) replied.push(await ask(bench, n, text));
  return { ...(await figures()), replied };
}

async function ask({ slack, watch }: SlackBench, n: number, text: string): Promise<number> {
  const began = performance.now();
  const channel = benchChannels[n % benchChannels.length] ?? '';
  const ts = await slack.say('rae', `<@${bot.user}> ${text}`, { channel });
  const find = (accept: (one: { ts: string; thread: string | null }) => boolean) =>
    watch.stored.findLast((one) => one.channel === channel && accept(one));
  const answer = () => find(({ thread }) => thread === ts);
  if (!(await watch.until(() => answer() !== undefined, patienceMs)))
    throw new Error(`No answer to: ${text}`);
  const [asked, answered] = [find((one) => one.ts === ts)?.at, answer()?.at];
  await sleep(Math.max(0, everyMs - (performance.now() - began)));
  return (answered ?? Number.NaN) - (asked ?? Number.NaN);
}
