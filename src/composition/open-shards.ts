import { fileURLToPath } from 'node:url';
import type { Config } from '#adapters/config/config.ts';
import { badConfigurationExitCode } from '#adapters/config/read-config.ts';
import type { VariableName } from '#adapters/config/variables.ts';
import type { RunningShards } from '#adapters/discord/start/run-shards.ts';
import { Fault } from '#domain/fault.ts';
import { createBoundary } from './boundary.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * What only one process may have: the addresses that listen, and the other chats. The first shard has them; the others
 * answer /healthz and /readyz on a free port of this machine.
 */
const ofTheFirst = {
  RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0',
  RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
  RECOURSE_PLAYGROUND: 'off',
  RECOURSE_SANDBOX: 'off',
  SLACK_BOT_TOKEN: '',
  SLACK_APP_TOKEN: '',
  SLACK_SIGNING_SECRET: '',
  SLACK_CLIENT_ID: '',
  SLACK_CLIENT_SECRET: '',
  SLACK_API_URL: '',
} as const satisfies Partial<Record<VariableName, string>>;

/** Starts one process a shard, each the whole bot with its share of the guilds. Throws a Fault where that cannot be. */
export async function openShards(config: Config): Promise<RunningShards> {
  const { discord, database } = config;
  if (discord === null) throw cannot('DISCORD_TOKEN is not set.', 'Set it, or use npm start.');
  if (database.kind === 'embedded')
    throw cannot(
      'Several processes cannot share the embedded database.',
      'Set DATABASE_URL, or use npm start, where one process holds every shard.',
    );
  if (discord.shards !== 'auto' && discord.shards.ids.length < discord.shards.count)
    throw cannot(
      'DISCORD_SHARDS names one of several processes.',
      'Set it to auto or to the number of processes; each gets its own share from here.',
    );
  const { runShards } = await import('#adapters/discord/start/run-shards.ts');
  return runShards({
    file: main,
    settings: discord,
    count: discord.shards === 'auto' ? 'auto' : discord.shards.count,
    environment: (shard, count) => ({
      DISCORD_SHARDS: `${shard}/${count}`,
      ...(shard > 0 && ofTheFirst),
    }),
    hopeless: badConfigurationExitCode,
    logger: createBoundary(config).logger,
  });
}

const cannot = (what: string, advice: string): Fault =>
  new Fault('configuration', 'shards-not-possible', what, advice);
