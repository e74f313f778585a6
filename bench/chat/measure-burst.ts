import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#test/support/random.ts';
import { syntheticQuestions } from '../synthetic-runbooks.ts';
import type { ChatServer } from './chat-server.ts';
import type { ChatBench } from './open-chat-bench.ts';
import { waitUntil } from './wait-until.ts';
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

/** `messages` problems in 10 s, each in some channel, where the server refuses what its platform says; each comes `copies` times. */
export async function measureBurst(bench: ChatBench, messages: number, copies = 1): Promise<BurstFigures> {
  const { server } = bench;
  await server.play({ refuses: 'documented', copies });
  const figures = await watchPeriod(bench);
  const begin = server.stored.length;
  const burst = () => server.stored.slice(begin);
  const answers = () => burst().filter(({ byBot, change }) => byBot && change === 'new');
  await say(server, messages);
  await waitUntil(() => answers().length >= messages, patienceMs);
  await sleep(settleMs);
  const threads = Map.groupBy(answers(), ({ thread }) => thread);
  const exchanges = burst()
    .filter(({ byBot }) => !byBot)
    .map((root) => ({ root, answers: threads.get(root.id) ?? [] }));
  return {
    ...(await figures()),
    replied: exchanges.flatMap(({ root, answers: [first] }) => (first ? [first.at - root.at] : [])),
    twice: exchanges.filter(({ answers: { length } }) => length > 1).length,
  };
}

async function say(server: ChatServer, messages: number): Promise<void> {
  const random = createRandom(200);
  const someChannel = () => server.channels[Math.floor(random() * server.channels.length)] ?? '';
  const saying: Promise<string>[] = [];
  const began = performance.now();
  for (const [n, text] of syntheticQuestions(messages).entries()) {
    saying.push(server.ask(someChannel(), text));
    await sleep(Math.max(0, began + ((n + 1) * burstMs) / messages - performance.now()));
  }
  await Promise.all(saying);
}
