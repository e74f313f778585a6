import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '#adapters/config/read-config.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { SolutionSearch } from '#ports/solution-search.ts';
import { startServer } from '#src/compose.ts';
import { startWorkers } from '#src/composition/start-workers.ts';
import { createStrictChat } from '#test/support/strict-chat.ts';
import { syntheticQuestions, syntheticRunbooks } from './synthetic-runbooks.ts';

const channels = 20;
const burstMs = 10_000;
const embeddingMs = 30;
const patienceMs = 120_000;

export interface BurstFigures {
  /** Milliseconds from a message's receipt to its answer, one a message that got one. */
  readonly times: readonly number[];
  readonly twice: number;
  readonly refused: number;
}

/** A whole bot on an embedded database; only the chat at the end, and the embedding before the search, are stand-ins. */
export async function measureBurst(messages: number, tells: boolean): Promise<BurstFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-burst-'));
  const server = await startServer(readConfig(quietBot(directory)));
  const core = { ...server.open.core, search: slowSearch(server.open.core.search) };
  const { id: workspace } = await core.workspaces.ensure('slack', 'bench', 'Bench');
  await createLoadSolutions(core)(workspace, syntheticRunbooks(1000));
  const chat = createStrictChat({ everyMs: 1000, tells, latencyMs: 50 });
  const workers = await startWorkers({ ...server.open, core }, new Map([[workspace, chat]]));
  const sentAt = new Map<string, number>();
  const started = performance.now();
  for (const [n, text] of syntheticQuestions(messages).entries()) {
    const message = messageOf(workspace, `c-${n % channels}`, text);
    sentAt.set(message.id, performance.now());
    await workers.inbound.receive(message, message.id);
    await sleep(Math.max(0, ((n + 1) * burstMs) / messages - (performance.now() - started)));
  }
  const end = performance.now() + patienceMs;
  while (chat.accepted.length < messages && performance.now() < end) await sleep(100);
  await workers.stop();
  await server.close();
  await rm(directory, { recursive: true, force: true });
  const answers = Map.groupBy(chat.accepted, ({ thread }) => thread ?? '');
  return {
    times: [...answers].flatMap(([thread, [first]]) => (first ? [first.at - (sentAt.get(thread) ?? 0)] : [])),
    twice: [...answers.values()].filter(({ length }) => length > 1).length,
    refused: chat.refused.length,
  };
}

function slowSearch(search: SolutionSearch): SolutionSearch {
  return {
    ...search,
    find: async (query) => {
      await sleep(embeddingMs);
      return search.find(query);
    },
  };
}

const quietBot = (directory: string) => ({
  RECOURSE_DATA_DIR: directory,
  RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0',
  RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
  RECOURSE_LOG_LEVEL: 'error',
  RECOURSE_PLAYGROUND: 'off',
  RECOURSE_SANDBOX: 'off',
});

const messageOf = (workspace: WorkspaceId, channel: string, text: string): MessagePosted => ({
  kind: 'message-posted',
  place: { workspace, channel, thread: null },
  speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
  id: randomUUID(),
  text,
  mentionsBot: true,
  at: Date.now(),
});
