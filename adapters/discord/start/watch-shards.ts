import { type Client, Events } from 'discord.js';
import type { Fault } from '#domain/fault.ts';
import type { ConnectionStatus } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import { gatewayFault } from './gateway-fault.ts';

/** The SDK waits for an answer to a resumption without an end. */
const patienceMs = 90_000;

export interface ShardOptions {
  readonly client: Client;
  readonly logger: Logger;
  /** Told of each shard that is connected, whether it was resumed or not. */
  readonly stands: (shard: number) => void;
}

export interface Shards {
  /** Resolves at the first loss of any shard, however short. */
  readonly lost: Promise<void>;
  /** Resolves when the SDK does not connect again by itself: with the reason, or undefined when it takes too long. */
  readonly ended: Promise<Fault | undefined>;
  status(): ConnectionStatus;
  close(): void;
}

/** Follows the connections of a client: the SDK makes each anew by itself, but for what only an operator can mend. */
export function watchShards({ client, logger, stands }: ShardOptions): Shards {
  const lost = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Fault | undefined>();
  const away = new Map<number, NodeJS.Timeout>();

  const leave = (shard: number): void => {
    lost.resolve();
    if (away.size === 0) logger.info({ shard }, 'the connection to Discord was lost and is made anew');
    clearTimeout(away.get(shard));
    away.set(
      shard,
      setTimeout(() => ended.resolve(undefined), patienceMs),
    );
  };
  const comeBack = (shard: number, resumed: boolean): void => {
    stands(shard);
    clearTimeout(away.get(shard));
    if (away.delete(shard) && away.size === 0) logger.info({ shard, resumed }, 'Discord is connected again');
  };
  client.on(Events.ShardReconnecting, leave);
  client.on(Events.ShardReady, (shard) => comeBack(shard, false));
  client.on(Events.ShardResume, (shard) => comeBack(shard, true));
  client.on(Events.ShardDisconnect, ({ code }) => ended.resolve(gatewayFault(code)));
  return {
    lost: lost.promise,
    ended: ended.promise,
    status: () => {
      if (away.size === 0) return { connected: true, detail: 'connected' };
      const which = [...away.keys()].join(', ');
      return { connected: false, detail: `The connection was lost and is made anew (shard ${which}).` };
    },
    close: () => {
      for (const timer of away.values()) clearTimeout(timer);
    },
  };
}
