import { setTimeout as sleep } from 'node:timers/promises';
import { SimpleShardingStrategy, WebSocketShardStatus } from 'discord.js';

/** The manager of `@discordjs/ws`; discord.js has another one of the same name. */
type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

const firstMs = 1000;
const mostMs = 60_000;
/** A connection that stood this long was good: what follows is a new trouble. */
const settledMs = 10_000;

export interface Pace {
  readonly buildStrategy: (manager: Manager) => SimpleShardingStrategy;
  /** This shard is connected. */
  stands(shard: number): void;
  /** No shard connects any more. */
  end(): void;
}

interface Tries {
  readonly count: number;
  /** Since when it is connected, in milliseconds; undefined while it is not. */
  readonly since?: number;
}

/** Resolves after so many milliseconds, or when the signal comes. */
type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

const pause: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);

/**
 * Discord's SDK connects again half a second after every loss, also after the client was destroyed in between. Here that
 * is at once after a connection that had settled, then with growing pauses, and never after the end. The session is
 * kept meanwhile, so that it can be resumed.
 */
export function paceShards(wait: Wait = pause): Pace {
  const ending = new AbortController();
  const tries = new Map<number, Tries>();
  const never = new Promise<never>(() => undefined);

  const pass = async (shard: number): Promise<void> => {
    const { count, since } = tries.get(shard) ?? { count: 0 };
    const failures = since !== undefined && Date.now() - since > settledMs ? 0 : count;
    tries.set(shard, { count: failures + 1 });
    const { signal } = ending;
    if (failures > 0) await wait(Math.min(firstMs * 2 ** (failures - 1), mostMs), signal);
    if (signal.aborted) await never;
  };
  return {
    buildStrategy: (manager) => {
      const strategy = new SimpleShardingStrategy(manager);
      const { retrieveSessionInfo } = manager.options;
      // Asked before each connection, and with each event too, when the shard is not idle.
      manager.options.retrieveSessionInfo = async (shard) => {
        const status = (await strategy.fetchStatus()).get(shard) ?? WebSocketShardStatus.Idle;
        if (status === WebSocketShardStatus.Idle) await pass(shard);
        return retrieveSessionInfo(shard);
      };
      return strategy;
    },
    stands: (shard) => {
      tries.set(shard, { count: tries.get(shard)?.count ?? 0, since: Date.now() });
    },
    end: () => ending.abort(),
  };
}
