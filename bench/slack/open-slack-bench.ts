import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSlack, startLocalSlack, tokens } from '#test/support/slack/local-slack.ts';
import { freePort, startServerProcess } from '../server-process.ts';
import { syntheticRunbooks } from '../synthetic-runbooks.ts';
import { type ServerWatch, watchServer } from './watch-server.ts';

export type Mode = 'socket' | 'http';

/** The bot in a process of its own, as `npm start` runs it, in the team of a Slack server. */
export interface SlackBench extends AsyncDisposable {
  readonly slack: LocalSlack;
  readonly watch: ServerWatch;
  /** The 99th percentile of the event loop's delay since the last call, in milliseconds, by the bot's own `/metrics`. */
  eventLoopP99Ms(): Promise<number>;
}

export const benchChannels: readonly string[] = Array.from({ length: 20 }, (_, n) => `C1BENCH${n}`);

/** Embedded, with `solutions` synthetic runbooks; resolves when the bot is ready and connected. */
export async function openSlackBench(mode: Mode, solutions: number): Promise<SlackBench> {
  await using opened = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const runbooks = join(directory, 'runbooks');
  await writeRunbooks(runbooks, solutions);
  const slack = opened.use(
    await startLocalSlack(mode === 'http' ? 'events' : 'socket', { more: benchChannels }),
  );
  const publicAddress = `127.0.0.1:${await freePort()}`;
  slack.proxy.botUrls = [`http://${publicAddress}/slack/events`];
  const way = mode === 'socket' ? { SLACK_APP_TOKEN: tokens.app } : { SLACK_SIGNING_SECRET: tokens.signing };
  const server = await startServerProcess({
    RECOURSE_DATA_DIR: join(directory, 'data'),
    RECOURSE_RUNBOOKS: runbooks,
    RECOURSE_PLAYGROUND: 'off',
    RECOURSE_SANDBOX: 'off',
    RECOURSE_PUBLIC_ADDRESS: publicAddress,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: tokens.bot,
    ...way,
  });
  opened.defer(server.stop);
  const watch = opened.adopt(await watchServer(slack.proxy.address), ({ close }) => close());
  const closing = opened.move();
  return {
    slack,
    watch,
    eventLoopP99Ms: () => readEventLoop(server.localAddress),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function writeRunbooks(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  for (const { slug, text } of syntheticRunbooks(count)) await writeFile(join(folder, `${slug}.md`), text);
}

async function readEventLoop(address: string): Promise<number> {
  const text = await (await fetch(`http://${address}/metrics`)).text();
  return Number(/^recourse_event_loop_p99_seconds (\S+)$/m.exec(text)?.[1]) * 1000;
}
