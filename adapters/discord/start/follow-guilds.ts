import {
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayReadyDispatchData,
} from 'discord.js';
import type { CaughtUp, Keeping } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import type { GuildName } from './options.ts';

export interface GuildsOptions {
  readonly client: Client;
  readonly serves: (guild: string) => boolean;
  readonly keeping: Keeping;
  readonly logger: Logger;
  /** Enters a guild, when that was not done yet, and reads back what was missed in it. */
  readonly readBack: (guild: GuildName, since: number | undefined, signal: AbortSignal) => Promise<void>;
  /** The bot is not in this guild any more. */
  readonly leave: (guild: string) => void;
  /** Guilds that the bot was in before it connected: what was missed there is known already. */
  readonly before: ReadonlySet<string>;
}

export interface Guilds {
  /** Something of this guild was not kept at this time (milliseconds since the epoch), so it is read back. */
  missed(guild: string, at: number): void;
  /** Ends the reading back. */
  close(): Promise<void>;
}

interface Followed {
  readonly reading: CaughtUp;
  readonly stopping: AbortController;
}

/**
 * Follows in which guilds the bot is. The gateway tells of a guild once when it is joined, once when it is there again
 * after an outage, and of each one after a connection that was not resumed: each time there may be a gap before.
 */
export function followGuilds(options: GuildsOptions): Guilds {
  const { client, serves, logger } = options;
  const followed = new Map<string, Followed>();
  const gaps = followGaps(client);

  const arrive = ({ id, name }: GuildName, shard: number): void => {
    const since = gaps.take(id, shard);
    const known = followed.get(id);
    if (known) known.reading.gap(since);
    else if (serves(id)) followed.set(id, follow(options, { id, name }, since));
    else
      logger.info({ guild: id, name }, 'the bot is in a guild of Discord that RECOURSE_ADMINS does not name');
  };
  const depart = (id: string): void => {
    const known = followed.get(id);
    if (!known) return;
    known.stopping.abort();
    followed.delete(id);
    options.leave(id);
    logger.warn({ guild: id }, 'the bot is not in this guild of Discord any more; its data stays');
  };
  client.ws.on(GatewayDispatchEvents.GuildCreate, (guild: GatewayGuildCreateDispatchData, shard) => {
    if (!guild.unavailable) arrive(guild, shard);
  });
  client.ws.on(
    GatewayDispatchEvents.GuildDelete,
    ({ id, unavailable }: GatewayGuildDeleteDispatchData, shard) => {
      if (unavailable) gaps.open(id, shard);
      else depart(id);
    },
  );
  // Whoever was thrown out while there was no connection is not told.
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData, shard) => {
    // One that is out of order comes much later than the shard stands.
    for (const { id } of guilds) gaps.open(id, shard);
    const present = new Set(guilds.map(({ id }) => id));
    const gone = [...followed.keys()].filter((id) => client.guilds.cache.get(id)?.shardId === shard);
    for (const id of gone) if (!present.has(id)) depart(id);
  });
  return {
    missed: (guild, at) => followed.get(guild)?.reading.missed(at),
    close: async () => {
      for (const { stopping } of followed.values()) stopping.abort();
      await Promise.all([...followed.values()].map(({ reading }) => reading.ended));
    },
  };
}

function follow(
  { keeping, logger, readBack, before }: GuildsOptions,
  guild: GuildName,
  since: number,
): Followed {
  const stopping = new AbortController();
  const { signal } = stopping;
  const reading = keeping.caughtUp({
    name: `the guild ${guild.name} of Discord`,
    readBack: (from) => readBack(guild, from, signal),
    logger,
    signal,
  });
  // What is said while a guild that was just joined is made ready is heard as well.
  if (!before.has(guild.id)) reading.gap(since);
  return { reading, stopping };
}

/** Since when nothing is heard: of a guild that is out of order, and of all guilds of a shard that is not connected. */
function followGaps(client: Client) {
  const ofGuilds = new Map<string, number>();
  const ofShards = new Map<number, number>();
  client.on(Events.ShardReconnecting, (shard) => {
    if (!ofShards.has(shard)) ofShards.set(shard, Date.now());
  });
  client.on(Events.ShardResume, (shard) => void ofShards.delete(shard));
  client.on(Events.ShardReady, (shard) => void ofShards.delete(shard));
  return {
    open: (guild: string, shard: number): void => {
      if (!ofGuilds.has(guild)) ofGuilds.set(guild, ofShards.get(shard) ?? Date.now());
    },
    /** When the gap that ends now began; now where there was none. */
    take: (guild: string, shard: number): number => {
      const now = Date.now();
      const since = Math.min(ofGuilds.get(guild) ?? now, ofShards.get(shard) ?? now);
      ofGuilds.delete(guild);
      return since;
    },
  };
}
