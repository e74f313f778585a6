import { type Client, Events } from 'discord.js';
import type { WorkspaceId } from '#domain/ids.ts';
import type { DiscordOptions } from './start-discord.ts';

export interface LossesOptions extends Pick<DiscordOptions, 'unheard' | 'heardAgain'> {
  readonly client: Client;
  readonly workspaceOf: (guild: string) => WorkspaceId | undefined;
}

/**
 * Tells from which workspaces nothing is heard while a shard has no connection. A session that is resumed brings all that was
 * said meanwhile before it says so; after one that is not, each guild is read back.
 */
export function tellLosses({ client, workspaceOf, unheard, heardAgain }: LossesOptions): void {
  const inShard = (shard: number): readonly WorkspaceId[] =>
    client.guilds.cache
      .filter(({ shardId }) => shardId === shard)
      .map(({ id }) => workspaceOf(id))
      .filter((workspace) => workspace !== undefined);
  const lose = (shard: number): void => {
    for (const workspace of inShard(shard)) unheard(workspace);
  };
  client.on(Events.ShardReconnecting, lose);
  client.on(Events.ShardDisconnect, (_, shard) => lose(shard));
  client.on(Events.ShardResume, (shard) => {
    for (const workspace of inShard(shard)) heardAgain(workspace);
  });
}
