import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerProcess } from '../server-process.ts';
import { syntheticRunbooks } from '../synthetic-runbooks.ts';
import type { ChatServer } from './chat-server.ts';

/** The bot in a process of its own, as `npm start` runs it, in the workspace of a chat server. */
export interface ChatBench<Server extends ChatServer = ChatServer> extends AsyncDisposable {
  readonly server: Server;
  /** The 99th percentile of the event loop's delay since the last call, in milliseconds, by the bot's own `/metrics`. */
  eventLoopP99Ms(): Promise<number>;
}

/** Embedded, with `solutions` synthetic runbooks; resolves when the bot is ready and connected. Disposes of the server too. */
export async function openChatBench<Server extends ChatServer>(
  server: Server,
  solutions: number,
): Promise<ChatBench<Server>> {
  await using opened = new AsyncDisposableStack();
  opened.use(server);
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const runbooks = join(directory, 'runbooks');
  await writeRunbooks(runbooks, solutions);
  const bot = await startServerProcess({
    RECOURSE_DATA_DIR: join(directory, 'data'),
    RECOURSE_RUNBOOKS: runbooks,
    RECOURSE_PLAYGROUND: 'off',
    RECOURSE_SANDBOX: 'off',
    ...server.environment,
  });
  opened.defer(bot.stop);
  const closing = opened.move();
  return {
    server,
    eventLoopP99Ms: () => readEventLoop(bot.localAddress),
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
