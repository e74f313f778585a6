import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createPgBossQueue, type JobQueue } from '#adapters/queue/create-pg-boss-queue.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import type { Logger } from '#ports/logger.ts';
import { describeWithPeer } from '#test/support/peers.ts';

const workspace = randomUUID() as WorkspaceId;
const step = (): Job => ({ kind: 'execute-step', workspace, stepId: randomUUID() as StepId });

interface Engine {
  readonly opened: OpenDatabase;
  readonly complaints: string[];
}

function recordingLogger(complaints: string[]): Logger {
  const note = (fields: object, message: string) => {
    complaints.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: () => undefined, info: () => undefined, warn: note, error: note };
}

function createQueue({ opened, complaints }: Engine): Promise<JobQueue> {
  return createPgBossQueue({ jobs: opened.jobs, sql, logger: recordingLogger(complaints) });
}

/** Resolves with the jobs that arrived as soon as there are `count`. */
function collector() {
  const arrived: Job[] = [];
  const waiting: { count: number; resolve: (jobs: readonly Job[]) => void }[] = [];
  const take = async (job: Job): Promise<void> => {
    arrived.push(job);
    for (const { count, resolve } of waiting) if (arrived.length >= count) resolve(arrived);
  };
  const until = (count: number) =>
    new Promise<readonly Job[]>((resolve) => {
      waiting.push({ count, resolve });
      if (arrived.length >= count) resolve(arrived);
    });
  return { arrived, take, until };
}

function suite(open: () => Promise<Engine & { close(): Promise<void> }>) {
  let engine: Engine & { close(): Promise<void> };
  let queue: JobQueue;
  let handle: (job: Job, signal: AbortSignal) => Promise<void> = async () => undefined;

  const send = (...jobs: readonly Job[]) =>
    inWorkspace(engine.opened.database, workspace, async (executor) => {
      for (const job of jobs) await queue.enqueue(executor, job);
    });
  const receive = () => {
    const box = collector();
    handle = box.take;
    return box;
  };

  beforeAll(async () => {
    engine = await open();
    queue = await createQueue(engine);
    await queue.start();
    await queue.work((job, signal) => handle(job, signal));
  }, 60_000);
  afterAll(async () => {
    await queue.stop(5000);
    await engine.close();
  });

  it('hands a committed job to the handler once, as it was sent', async () => {
    const box = receive();
    const [first, last] = [step(), step()];
    await send(first);
    expect(await box.until(1)).toEqual([first]);
    await send(last);
    expect(await box.until(2)).toEqual([first, last]);
  });

  it('forgets a job whose transaction is rolled back', async () => {
    const box = receive();
    const lost = step();
    const failing = inWorkspace(engine.opened.database, workspace, async (executor) => {
      await queue.enqueue(executor, lost);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    const kept = step();
    await send(kept);
    expect(await box.until(1)).toEqual([kept]);
  });

  it('does not keep a short job waiting behind long ones', async () => {
    const box = collector();
    const long = [step(), step(), step()];
    const gate = Promise.withResolvers<void>();
    handle = async (job) => {
      await box.take(job);
      if (long.includes(job) || long.some((one) => JSON.stringify(one) === JSON.stringify(job)))
        await gate.promise;
    };
    await send(...long);
    await box.until(3);
    const short = step();
    await send(short);
    expect((await box.until(4)).at(-1)).toEqual(short);
    gate.resolve();
  });

  it('delivers a job again when its handler throws, and says so in the log', async () => {
    const box = collector();
    handle = async (job) => {
      await box.take(job);
      if (box.arrived.length === 1) throw new Error('database away');
    };
    const job = step();
    await send(job);
    expect(await box.until(2)).toEqual([job, job]);
    expect(engine.complaints.join()).toContain('A job failed');
  });

  it('keeps one waiting fold a workspace', async () => {
    const box = collector();
    const gate = Promise.withResolvers<void>();
    handle = async (job) => {
      await box.take(job);
      await gate.promise;
    };
    const fold: Job = { kind: 'fold', workspace };
    const other: Job = { kind: 'fold', workspace: randomUUID() as WorkspaceId };
    await send(fold);
    await box.until(1);
    await send(fold);
    await send(fold, other);
    gate.resolve();
    expect((await box.until(3)).toSorted((a, b) => compare(a.workspace, b.workspace))).toEqual(
      [fold, fold, other].toSorted((a, b) => compare(a.workspace, b.workspace)),
    );
  });

  it('works off a backlog that is larger than the number of workers', async () => {
    const box = receive();
    await send(...Array.from({ length: 40 }, step));
    await box.until(40);
    expect(new Set(box.arrived.map((job) => JSON.stringify(job))).size).toBe(40);
    expect(box.arrived).toHaveLength(40);
  });

  it('gives each job to one of two instances', async () => {
    const box = receive();
    const second = await createQueue(engine);
    await second.start();
    await second.work(box.take);
    const sent = Array.from({ length: 20 }, step);
    for (const job of sent) await send(job);
    await box.until(20);
    await second.stop(5000);
    const key = (job: Job) => JSON.stringify(job, Object.keys(job).toSorted());
    expect(box.arrived.map(key).toSorted()).toEqual(sent.map(key).toSorted());
  });

  it('refuses a job before it has started', async () => {
    const unstarted = await createQueue(engine);
    const early = inWorkspace(engine.opened.database, workspace, (executor) =>
      unstarted.enqueue(executor, step()),
    );
    await expect(early).rejects.toMatchObject({ code: 'queue-not-started' });
  });

  it('starts again on tables that exist and waits for running jobs when it stops', async () => {
    const second = await createQueue(engine);
    await second.start();
    let finished = false;
    const begun = Promise.withResolvers<void>();
    const slow = async () => {
      begun.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      finished = true;
    };
    handle = slow;
    await second.work(slow);
    await send(step());
    await begun.promise;
    await second.stop(5000);
    expect(finished).toBe(true);
  });

  it('had nothing else to complain about', () => {
    expect(engine.complaints.filter((line) => !line.startsWith('A job failed'))).toEqual([]);
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

describe('on the embedded database', () => {
  suite(async () => {
    const opened = await openInMemory();
    await opened.migrate();
    return { opened, complaints: [], close: () => opened.close() };
  });
});

describeWithPeer('postgres', 'on a server', (url) => {
  suite(async () => {
    const name = `queue_${randomUUID().replaceAll('-', '')}`;
    const admin = postgres(url, { max: 1, onnotice: () => undefined });
    await admin.unsafe(`create database ${name}`);
    const own = new URL(url);
    own.pathname = name;
    const opened = openServer(own.href);
    await opened.migrate();
    const close = async () => {
      await opened.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    };
    return { opened, complaints: [], close };
  });
});
