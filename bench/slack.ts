import { parseArgs } from 'node:util';
import { measureBurst } from './chat/measure-burst.ts';
import { measureReplies } from './chat/measure-replies.ts';
import { measureUpdates } from './chat/measure-updates.ts';
import { openChatBench } from './chat/open-chat-bench.ts';
import { openSlackServer } from './chat/open-slack-server.ts';
import { createChatReport } from './chat/report-chat.ts';

/** `npm run bench:slack -- [--json]`: the bot against a Slack server, end to end. docs/benchmarks.md explains it. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const solutions = 1_000;
const questions = 400;
const messages = 200;
const acknowledgeBar = 300;
const report = createChatReport();

for (const mode of ['socket', 'http'] as const) {
  await using bench = await openChatBench(await openSlackServer(mode), solutions);
  const alone = await measureReplies(bench, questions);
  report.acknowledged(mode, alone, acknowledgeBar);
  report.replied(mode, alone);
  const burst = await measureBurst(bench, messages);
  report.acknowledged(`${mode}, burst`, burst, acknowledgeBar);
  report.burst(`${mode}, burst`, messages, burst);
}
report.updated(await measureUpdates(await openSlackServer('socket')));
report.print(values.json);
