import { parseArgs } from 'node:util';
import { measureBurst } from './chat/measure-burst.ts';
import { measurePresses } from './chat/measure-presses.ts';
import { measureReplies } from './chat/measure-replies.ts';
import { measureUpdates } from './chat/measure-updates.ts';
import { openChatBench } from './chat/open-chat-bench.ts';
import { openDiscordServer } from './chat/open-discord-server.ts';
import { createChatReport } from './chat/report-chat.ts';

/** `npm run bench:discord -- [--json]`: the bot against a Discord server, end to end. docs/benchmarks.md explains it. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const solutions = 1_000;
const questions = 400;
const messages = 200;
const acknowledgeBar = 500;
const copies = 4;
const report = createChatReport();

async function measure(): Promise<void> {
  await using bench = await openChatBench(await openDiscordServer(), solutions);
  const alone = await measureReplies(bench, questions);
  const pressed = await measurePresses(bench, questions);
  report.acknowledged('buttons', pressed, acknowledgeBar);
  report.replied('alone', alone);
  report.took('alone', alone);
  for (const [what, times] of [
    ['burst', 1],
    [`burst, each ${copies} times`, copies],
  ] as const) {
    const burst = await measureBurst(bench, messages, times);
    report.burst(what, messages, burst);
    report.took(what, burst);
  }
}

await measure();
report.updated(await measureUpdates(await openDiscordServer()));
report.print(values.json);
