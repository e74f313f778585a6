import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#adapters/config/read-config.ts';
import { type Server, startServer } from '#src/compose.ts';
import type { ReplaceParts } from '#src/composition/open-core.ts';
import { readyMadeEmbedded } from './ready-made.ts';

export interface TestBot extends Server {
  readonly dataDirectory: string;
  /** Stops the bot and removes its data. */
  stop(): Promise<void>;
}

/** The whole bot as `npm start` makes it, on free ports and with data of its own. */
export async function startBot(
  environment: Readonly<Record<string, string>> = {},
  replaceParts?: ReplaceParts,
): Promise<TestBot> {
  const dataDirectory = environment.RECOURSE_DATA_DIR ?? (await makeDataDirectory(environment));
  const config = readConfig({
    RECOURSE_DATA_DIR: dataDirectory,
    RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0',
    RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
    RECOURSE_LOG_LEVEL: 'silent',
    ...environment,
  });
  const server = await startServer(config, replaceParts);
  return {
    ...server,
    dataDirectory,
    stop: async () => {
      await server.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Whoever starts the bot on the embedded database finds it migrated; test/journeys/bad-luck.test.ts plays a first start. */
async function makeDataDirectory({ DATABASE_URL }: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-bot-'));
  if (DATABASE_URL === undefined)
    await cp(await readyMadeEmbedded(), join(folder, 'postgres'), { recursive: true });
  return folder;
}
