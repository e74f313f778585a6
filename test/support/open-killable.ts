import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { createMigratedDatabase } from './fresh-database.ts';
import { eventually } from './slack/team.ts';

/** A bot in a process of its own, on a server's database, that dies when a test says so and may start again. */
export interface Killable extends AsyncDisposable {
  start(): Promise<void>;
  /**
   * Does `act` and kills the bot (SIGKILL) while it waits to write into `table`: the row can be written, but not before the
   * lock is given up, so the process dies in between.
   */
  dieWritingInto(table: 'inbox' | 'posts', act: () => void | Promise<void>): Promise<void>;
}

/** Starts it once; whatever runs at the end is ended. */
export async function openKillable(
  serverUrl: string,
  environment: Readonly<Record<string, string>>,
): Promise<Killable> {
  await using opened = new AsyncDisposableStack();
  const database = await createMigratedDatabase(serverUrl);
  opened.defer(database.drop);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'recourse-killed-'));
  opened.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  opened.defer(() => sql.end());
  const own = {
    DATABASE_URL: database.url,
    RECOURSE_DATA_DIR: dataDirectory,
    RECOURSE_LOG_LEVEL: 'silent',
    RECOURSE_PLAYGROUND: 'on',
    RECOURSE_SANDBOX: 'off',
  };
  let running: BotProcess | undefined;
  const start = async (): Promise<void> => {
    running = await startBotProcess({ ...own, ...environment });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await running?.kill(signal);
    running = undefined;
  };
  await start();
  opened.defer(() => end('SIGTERM'));
  const closing = opened.move();
  return {
    start,
    dieWritingInto: async (table, act) => {
      const waiting = () => sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
          and query like ${`insert into "${table}"%`}`;
      await sql.begin(async (transaction) => {
        await transaction`lock table ${transaction(table)} in exclusive mode`;
        await act();
        await eventually(async () => {
          if ((await waiting()).length === 0) throw new Error(`nobody writes into ${table}`);
        });
        await end('SIGKILL');
      });
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
