import './quick-imports.ts';
import { existsSync } from 'node:fs';
import { env, exit, loadEnvFile, stdout } from 'node:process';

const { readConfig } = await import('#adapters/config/read-config.ts');
const { openShards } = await import('./composition/open-shards.ts');
const { stopSignal } = await import('./composition/stop-signal.ts');
const { tellFailedStart } = await import('./composition/tell-failed-start.ts');

/** Discord over several processes, each of them `main.ts` with a share of the guilds. */
try {
  if (existsSync('.env')) loadEnvFile('.env');
  const stop = stopSignal();
  const shards = await openShards(readConfig(env));
  const end = await Promise.race([stop, shards.failed]);
  stdout.write(`${end}: stopping every process.\n`);
  await shards.close();
  exit(typeof end === 'number' ? end : 0);
} catch (error) {
  exit(tellFailedStart(error));
}
