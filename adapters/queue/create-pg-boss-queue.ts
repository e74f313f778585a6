import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, type DrizzleSqlTagLike, type DrizzleTransactionLike, fromDrizzle, PgBoss } from 'pg-boss';
import { Fault } from '#domain/fault.ts';
import { type Job, jobKinds } from '#domain/job.ts';
import type { Logger } from '#ports/logger.ts';
import { grantQueue } from './grant-queue.ts';
import { queues } from './queues.ts';

/** What `OpenDatabase.jobs` of the database adapter is. With `listen`, workers wake when a job is committed. */
export interface QueueDatabase {
  readonly db: Db;
  readonly backend: 'pglite' | 'postgres';
}

/** Seconds: while committed jobs announce themselves, polling is only the net below. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 30 };

/** How often jobs are looked for whose process gives no sign of life any more. */
const superviseSeconds = 10;

export interface QueueOptions {
  readonly jobs: QueueDatabase;
  /** drizzle's `sql` tag. It is handed in because drizzle belongs to the database adapter. */
  readonly sql: DrizzleSqlTagLike;
  readonly logger: Logger;
}

/** A drizzle transaction, as far as the queue needs it. */
export interface QueueTransaction {
  execute(query: never): PromiseLike<unknown>;
}

export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/** The durable queue: a job survives restarts and is worked on by one replica at a time. */
export interface JobQueue {
  /** Makes or migrates the queue's tables, after the application's own migrations. Must come before `enqueue`. */
  start(): Promise<void>;
  /**
   * Adds a job inside the caller's transaction: a rollback leaves none, a commit wakes a worker. One for later is found by
   * looking, up to half a minute late.
   */
  enqueue(transaction: QueueTransaction, job: Job, afterMs?: number): Promise<void>;
  /**
   * Hands jobs to `handler`, several at a time. When it throws, the job comes again a few times. `signal` aborts
   * when `stop` has waited long enough.
   */
  work(handler: JobHandler): Promise<void>;
  /** Takes no new job, waits up to `graceMs` for the running ones, then aborts them. */
  stop(graceMs: number): Promise<void>;
}

/** How long a handler whose signal was aborted may take to end: killing a group on a host takes up to nine seconds. */
const abortedMs = 15_000;

/** The queue over pg-boss. Its own faults go to the log and never end the process. */
export async function createPgBossQueue({ jobs, sql, logger }: QueueOptions): Promise<JobQueue> {
  const boss = createBoss(jobs, logger);
  let started = false;
  const running = new Set<Promise<void>>();
  return {
    start: async () => {
      await boss.start();
      await grantQueue(jobs.db);
      for (const kind of jobKinds) await prepareQueue(boss, kind);
      started = true;
    },
    enqueue: async (transaction, job, afterMs = 0) => {
      if (!started) throw notStarted();
      // Without a db of its own, `send` would use the one connection of PGlite that this transaction holds.
      await boss.send(job.kind, job, {
        ...singletonOf(job),
        ...(afterMs > 0 && { startAfter: Math.ceil(afterMs / 1000) }),
        db: fromDrizzle(transaction as DrizzleTransactionLike, sql),
      });
    },
    work: async (handle) => {
      const handler = trackIn(running, handle);
      for (const kind of jobKinds) {
        for (let worker = 0; worker < queues[kind].concurrency; worker += 1) {
          await startWorker(boss, kind, handler, logger);
        }
      }
    },
    stop: async (graceMs) => {
      started = false;
      await boss.stop({ graceful: true, timeout: graceMs });
      // pg-boss only aborts what is left; a step that is being cancelled on its host still has a result to write.
      await Promise.race([Promise.allSettled(running), sleep(abortedMs, undefined, { ref: false })]);
    },
  };
}

/** Notes the jobs that are being handled. */
function trackIn(running: Set<Promise<void>>, handler: JobHandler): JobHandler {
  return (job, signal) => {
    const work = handler(job, signal);
    const forget = (): void => void running.delete(work);
    running.add(work);
    work.then(forget, forget);
    return work;
  };
}

function createBoss({ db, backend }: QueueDatabase, logger: Logger): PgBoss {
  const boss = new PgBoss({
    db,
    backend,
    // Cron is node-cron's job here, and flows are not used: an idle database stays quiet.
    schedule: false,
    flowIntervalSeconds: 3600,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    useListenNotify: db.listen !== undefined,
    reindex: backend === 'postgres',
  });
  boss.on('error', (error) => logger.error({ error }, 'The job queue had a fault'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'The job queue warns'));
  return boss;
}

/** Makes the queue, brings its settings up to date and loads them, so that `send` asks nothing outside its transaction. */
async function prepareQueue(boss: PgBoss, kind: Job['kind']): Promise<void> {
  const { policy, changeable } = queues[kind];
  await boss.createQueue(kind, { policy, ...changeable });
  await boss.updateQueue(kind, changeable);
  await boss.findJobs(kind, { key: 'none' });
}

/** Each worker is one of its own, so that it can be woken by its id. */
async function startWorker(
  boss: PgBoss,
  kind: Job['kind'],
  handler: JobHandler,
  logger: Logger,
): Promise<void> {
  const worker = await boss.work<Job>(kind, polling, async ([delivered]) => {
    if (!delivered) return;
    try {
      await handler(delivered.data, delivered.signal);
      // A worker sleeps after one job, though more may wait that came while all were busy.
      boss.notifyWorker(worker);
    } catch (error) {
      logger.error({ error, job: delivered.data }, 'A job failed; it is tried again a few times');
      // A second try announces itself as little as a backlog does.
      setTimeout(() => boss.notifyWorker(worker), queues[kind].changeable.retryDelay * 1000 + 500).unref();
      throw error;
    }
  });
}

function singletonOf(job: Job): { readonly singletonKey?: string } {
  return job.kind === 'fold' ? { singletonKey: job.workspace } : {};
}

function notStarted(): Fault {
  return new Fault('internal', 'queue-not-started', 'The job queue is not running.', 'Please report this.');
}
