import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { captures } from '#adapters/postgres/schema/captures.ts';
import { createDraftSettled } from '#application/draft-settled.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import type { TestBot } from '#test/support/start-bot.ts';
import type { Card, Stage } from './stage.ts';

/** The whole bot on one platform, where everybody has their role. */
export interface BotOnStage extends AsyncDisposable {
  /** Changes with a restart. */
  readonly stage: () => Stage;
  readonly bot: () => TestBot;
  /** Ends the bot and starts it anew with the same data. */
  restart(): Promise<void>;
  /** Something that is no person presses a button; resolves when the bot knows of it. */
  readonly pressAsBot?: (card: Card, thread: string, verb: string) => Promise<void>;
}

interface Opened {
  readonly start: (environment: Readonly<Record<string, string>>) => Promise<TestBot>;
  readonly stageOf: (bot: TestBot) => Stage;
  readonly close: () => Promise<void>;
  readonly pressAsBot?: BotOnStage['pressAsBot'];
}

export async function putOnStage({ start, stageOf, close, pressAsBot }: Opened): Promise<BotOnStage> {
  let bot = await start({ RECOURSE_DATA_DIR: await dataWithQuietPort() });
  let stage = stageOf(bot);
  return {
    stage: () => stage,
    bot: () => bot,
    restart: async () => {
      await bot.close();
      bot = await start({ RECOURSE_DATA_DIR: bot.dataDirectory });
      stage = stageOf(bot);
    },
    [Symbol.asyncDispose]: async () => {
      await bot.stop();
      await close();
    },
    ...(pressAsBot && { pressAsBot }),
  };
}

/**
 * A data folder in which the sandbox host has a port that no outgoing connection of this machine gets, so that it is still free
 * after a restart: an approval is bound to the port too.
 */
async function dataWithQuietPort(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bot-'));
  await mkdir(join(directory, 'sandbox'), { mode: 0o700 });
  await writeFile(join(directory, 'sandbox', 'port'), `${randomInt(20_000, 30_000)}\n`);
  return directory;
}

/** Folds what was learnt in every workspace. */
export async function foldAll({ open }: TestBot): Promise<void> {
  for (const { id } of await open.core.workspaces.all()) await createFoldWorkspace(open.core)(id);
}

/** Lets all quiet pass that cases wait for, and drafts those of what was resolved. */
export async function draftAll({ open: { core, database } }: TestBot): Promise<void> {
  for (const { id } of await core.workspaces.all()) {
    await inWorkspace(database.database, id, (executor) =>
      executor.update(captures).set({ dueAt: 0 }).where(eq(captures.state, 'settling')),
    );
    await createDraftSettled(core)(id);
  }
}
