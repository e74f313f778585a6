import { setTimeout as sleep } from 'node:timers/promises';
import { syntheticQuestions } from '../synthetic-runbooks.ts';
import type { ChatBench } from './open-chat-bench.ts';
import { waitUntil } from './wait-until.ts';
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
export async function measureReplies(bench: ChatBench, questions: number): Promise<ReplyFigures> {
  const asked = [...syntheticQuestions(warmUp + questions).entries()];
  for (const [n, text] of asked.slice(0, warmUp)) await ask(bench, n, text);
  const figures = await watchPeriod(bench);
  const replied: number[] = [];
  for (const [n, text] of asked.slice(warmUp)) replied.push(await ask(bench, n, text));
  return { ...(await figures()), replied };
}

async function ask({ server }: ChatBench, n: number, text: string): Promise<number> {
  const began = performance.now();
  const id = await server.ask(server.channels[n % server.channels.length] ?? '', text);
  const asked = () => server.stored.findLast((one) => one.id === id);
  const answer = () => server.stored.findLast(({ thread, byBot }) => thread === id && byBot);
  if (!(await waitUntil(() => answer() !== undefined, patienceMs))) throw new Error(`No answer to: ${text}`);
  await sleep(Math.max(0, everyMs - (performance.now() - began)));
  return (answer()?.at ?? Number.NaN) - (asked()?.at ?? Number.NaN);
}
