import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIGatewayBotInfo, Routes, type Shard, ShardingManager } from 'discord.js';
import type { Logger } from '#ports/logger.ts';
import { discordFault } from '../errors.ts';
import type { DiscordSettings } from './options.ts';
import { createPromptRest } from './rest-clients.ts';

export interface ShardsOptions {
  /** The program of each process. */
  readonly file: string;
  readonly settings: Pick<DiscordSettings, 'token' | 'apiUrl'>;
  /** `auto` asks Discord. */
  readonly count: 'auto' | number;
  /** What a process has in its environment instead of what is in ours. */
  readonly environment: (shard: number, count: number) => Readonly<Record<string, string>>;
  /** The exit code of a process that would end the same way again. */
  readonly hopeless: number;
  readonly logger: Logger;
}

export interface RunningShards {
  /** Resolves with the exit code when it is of no use to start a process again. */
  readonly failed: Promise<number>;
  /** Asks every process to end, and waits until it has. */
  close(): Promise<void>;
}

/** Discord lets an application identify once in five seconds. */
const betweenMs = 5500;
const firstPauseMs = 1000;
const mostPauseMs = 60_000;
/** A process that ran this long was good. */
const settledMs = 60_000;

/**
 * The processes share the database and need no word of each other; what the SDK in them would tell a parent that was
 * killed would end them in the middle of their work.
 */
const alone = { SHARDING_MANAGER: '' };

/** Starts a process a shard, one after the other, and again when one ends by itself, with growing pauses. */
export async function runShards(options: ShardsOptions): Promise<RunningShards> {
  const { file, settings, environment } = options;
  const count = options.count === 'auto' ? await recommendedCount(settings) : options.count;
  const manager = new ShardingManager(file, { totalShards: count, respawn: false, token: settings.token });
  const stopping = new AbortController();
  const failed = Promise.withResolvers<number>();
  const giveUp = (code: number | undefined): void => {
    if (code !== undefined) failed.resolve(code);
  };
  const begin = async (): Promise<void> => {
    const running: Promise<void>[] = [];
    for (let id = 0; id < count && !stopping.signal.aborted; id += 1) {
      const shard = manager.createShard(id);
      Object.assign(shard.env as Record<string, string>, alone, environment(id, count));
      running.push(keepRunning(shard, options, stopping.signal).then(giveUp));
      await pause(betweenMs, stopping.signal);
    }
    await Promise.all(running);
  };
  const ended = begin();
  return {
    failed: failed.promise,
    close: async () => {
      stopping.abort();
      for (const shard of manager.shards.values()) shard.process?.kill('SIGTERM');
      await ended;
    },
  };
}

async function recommendedCount(settings: ShardsOptions['settings']): Promise<number> {
  const rest = createPromptRest(settings);
  try {
    return ((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).shards;
  } catch (error) {
    throw discordFault(error);
  }
}

/** Resolves with the exit code after which it is of no use to start the process again; undefined when all are asked to end. */
async function keepRunning(
  shard: Shard,
  { hopeless, logger }: ShardsOptions,
  signal: AbortSignal,
): Promise<number | undefined> {
  for (let failures = 0; ; ) {
    const began = Date.now();
    const code = await runOnce(shard);
    if (signal.aborted) return undefined;
    if (code === hopeless) return code;
    failures = Date.now() - began > settledMs ? 0 : failures + 1;
    logger.error({ shard: shard.id, code }, 'the process of a shard ended and is started again');
    await pause(Math.min(firstPauseMs * 2 ** failures, mostPauseMs), signal);
    if (signal.aborted) return undefined;
  }
}

/** From the start of a process to its end; tells its exit code, null when a signal ended it. */
async function runOnce(shard: Shard): Promise<number | null> {
  const noDeadline = -1;
  const child: ChildProcess = await shard.spawn(noDeadline);
  await once(child, 'exit');
  return child.exitCode;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
