import { setTimeout as sleep } from 'node:timers/promises';
import type { Stored } from './chat-server.ts';
import type { ChatBench } from './open-chat-bench.ts';
import type { DiscordServer } from './open-discord-server.ts';
import { type PeriodFigures, watchPeriod } from './watch-period.ts';

/** Two ways to acknowledge: at once with work after it, and with a form that has to be made first. */
const verbs = ['more', 'use'] as const;
const everyMs = 50;

/** Presses on the newest answers, one after another, in turn for what is shown and for a form. */
export async function measurePresses(
  bench: ChatBench<DiscordServer>,
  presses: number,
): Promise<PeriodFigures> {
  const { server } = bench;
  const answers = server.stored.filter(isMatch).slice(-presses);
  if (answers.length === 0) throw new Error('There is no answer to press on');
  const figures = await watchPeriod(bench);
  for (let n = 0; n < presses; n += 1) {
    const { id, thread } = answers[n % answers.length] ?? { id: '', thread: null };
    await server.press(thread ?? '', id, verbs[n % verbs.length] ?? 'more');
    await sleep(everyMs);
  }
  return figures();
}

/** What found nothing has other buttons. */
const isMatch = ({ byBot, thread, text }: Stored): boolean =>
  byBot && thread !== null && !text.includes('No good match');
