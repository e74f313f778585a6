import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { createResponder } from '#test/support/responder.ts';
import { median } from './report.ts';
import { startServerProcess } from './server-process.ts';
import { syntheticQuestions } from './synthetic-runbooks.ts';

const restarts = 3;
const settleMs = 10_000;

export interface StartFigures {
  readonly firstReadyMs: number;
  readonly firstDoorMs: number;
  readonly restartMs: number;
}

/** The first start on an empty data directory, then the median of a few on what it left. */
export async function measureStarts(): Promise<StartFigures> {
  return withDirectory(async (directory) => {
    const environment = { RECOURSE_DATA_DIR: directory };
    const first = await startServerProcess(environment);
    await first.stop();
    const again: number[] = [];
    for (let index = 0; index < restarts; index += 1) {
      const server = await startServerProcess(environment);
      again.push(server.readyMs);
      await server.stop();
    }
    return {
      firstReadyMs: first.readyMs,
      firstDoorMs: first.doorMs ?? Number.NaN,
      restartMs: median(again),
    };
  });
}

/** Resident MB of a bot that has settled, and of the same bot when it has answered and settled again. */
export interface MemoryFigures {
  readonly idleMb: number;
  readonly afterMb: number;
  readonly highestMb: number;
}

/** Memory with the playground on, of a bot that was started before: a first start does more than a bot's daily work. */
export async function measureMemory(
  questions: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<MemoryFigures> {
  return withDirectory(async (directory) => {
    const all = { RECOURSE_DATA_DIR: directory, RECOURSE_PLAYGROUND: 'on', ...environment };
    await (await startServerProcess(all)).stop();
    const server = await startServerProcess(all);
    await sleep(settleMs);
    const idleMb = await server.residentMb();
    let highestMb = idleMb;
    const responder = await createResponder(server.playgroundUrl ?? '');
    for (const text of syntheticQuestions(questions)) {
      await responder.ask(`@recourse ${text}`);
      highestMb = Math.max(highestMb, await server.residentMb());
    }
    await sleep(settleMs);
    const afterMb = await server.residentMb();
    await server.stop();
    return { idleMb, afterMb, highestMb: Math.max(highestMb, afterMb) };
  });
}

/** The same with a database of its own on this PostgreSQL server. */
export async function measureServerMemory(questions: number, serverUrl: string): Promise<MemoryFigures> {
  const database = await createFreshDatabase(serverUrl);
  try {
    return await measureMemory(questions, { DATABASE_URL: database.url });
  } finally {
    await database.drop();
  }
}

async function withDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
