import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { readConfig } from '#adapters/config/read-config.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import { startServer } from '#src/compose.ts';
import { startWorkers } from '#src/composition/start-workers.ts';
import { syntheticQuestions, syntheticRunbooks } from './synthetic-runbooks.ts';

/** Milliseconds from a message's receipt to its answer's arrival at the chat adapter, one a question. */
export interface AnswerFigures {
  readonly times: readonly number[];
  readonly eventLoopP99Ms: number;
}

const warmUp = 20;

/**
 * A whole bot on an embedded database with `solutions` runbooks, asked one question after another through its
 * inbox, its search and its outbox; only the chat platform at the end is a stopwatch.
 */
export async function measureAnswers(solutions: number, questions: number): Promise<AnswerFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  const server = await startServer(readConfig(quietBot(directory)));
  const { core } = server.open;
  const { id: workspace } = await core.workspaces.ensure('playground', 'bench', 'Bench');
  await createLoadSolutions(core)(workspace, syntheticRunbooks(solutions));
  const stopwatch = createStopwatch();
  // The server has no chat with its playground off; these workers are the same with the stopwatch as their chat.
  const workers = await startWorkers(server.open, new Map([[workspace, stopwatch.chat]]));
  const ask = async (text: string): Promise<number> => {
    const message = messageOf(workspace, text);
    const posted = stopwatch.postTo(message.id);
    const started = performance.now();
    await workers.inbound.receive(message, message.id);
    return (await posted) - started;
  };
  const asked = syntheticQuestions(warmUp + questions);
  for (const text of asked.slice(0, warmUp)) await ask(text);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const times: number[] = [];
  for (const text of asked.slice(warmUp)) {
    times.push(await ask(text));
    // Messages come over a socket, so the event loop turns between two of them.
    await setImmediate();
  }
  delay.disable();
  await workers.stop();
  await server.close();
  await rm(directory, { recursive: true, force: true });
  return { times, eventLoopP99Ms: delay.percentile(99) / 1e6 };
}

const quietBot = (directory: string) => ({
  RECOURSE_DATA_DIR: directory,
  RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0',
  RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
  RECOURSE_LOG_LEVEL: 'warn',
  RECOURSE_PLAYGROUND: 'off',
  RECOURSE_SANDBOX: 'off',
});

function messageOf(workspace: WorkspaceId, text: string): MessagePosted {
  return {
    kind: 'message-posted',
    place: { workspace, channel: 'incidents', thread: null },
    speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
    id: randomUUID(),
    text,
    mentionsBot: true,
    at: Date.now(),
  };
}

/** A chat that only notes when the first reply to a thread was handed to it. */
function createStopwatch() {
  const waiting = new Map<string, (at: number) => void>();
  const chat: Chat = {
    capabilities: {
      platform: 'playground',
      edits: true,
      privateNotices: true,
      reactions: true,
      longestCommand: 2000,
      postEveryMs: 0,
      editEveryMs: 0,
    },
    post: ({ thread }) => {
      const at = performance.now();
      if (thread !== null) waiting.get(thread)?.(at);
      return Promise.resolve(randomUUID());
    },
    mayRead: () => Promise.resolve(true),
    edit: () => Promise.resolve(),
    read: () => Promise.resolve({ messages: [], isWhole: true }),
    notify: () => Promise.resolve(),
  };
  const postTo = (thread: string) => new Promise<number>((resolve) => waiting.set(thread, resolve));
  return { chat, postTo };
}
