import { type APIGuild, DiscordAPIError, type REST, Routes } from 'discord.js';
import type { WorkspaceId } from '#domain/ids.ts';
import type { GatewayOptions } from './connect-gateway.ts';
import type { GuildName } from './options.ts';
import { ownsDirectMessages, ownsGuild } from './owns-guild.ts';

type Options = Pick<
  GatewayOptions,
  'settings' | 'admitted' | 'enter' | 'leave' | 'heardSoFar' | 'rest' | 'chat' | 'logger'
>;

export interface EnteredGuilds {
  /** Those that the bot was in when it began to connect. */
  readonly before: ReadonlySet<string>;
  workspaceOf(guild: string): WorkspaceId | undefined;
  enter(guild: GuildName): Promise<WorkspaceId>;
  leave(guild: string): void;
}

/**
 * Makes the workspaces of the guilds ready that this process serves, before anything can come from them: what is heard
 * then has somewhere to go, and the first delivery does not hide what was missed.
 */
export async function enterGuilds(options: Options): Promise<EnteredGuilds> {
  const { settings, admitted, heardSoFar, rest, chat, logger } = options;
  const workspaces = new Map<string, WorkspaceId>();
  const enter = async (guild: GuildName): Promise<WorkspaceId> => {
    const known = workspaces.get(guild.id);
    if (known) return known;
    const workspace = await options.enter(guild, ownsGuild(settings.shards, guild.id) ? chat : null);
    workspaces.set(guild.id, workspace);
    return workspace;
  };
  const hasDirect = ownsDirectMessages(settings.shards);
  const mine = admitted.filter(
    (id) => ownsGuild(settings.shards, id) || (hasDirect && id === settings.directMessages),
  );
  for (const id of mine) {
    const guild = await readGuild(rest, id);
    if (guild) await heardSoFar(await enter(guild));
    else {
      // It may have put the bot out while there was no connection.
      options.leave(id);
      logger.warn({ guild: id }, notThere);
    }
  }
  return {
    before: new Set(workspaces.keys()),
    workspaceOf: (guild) => workspaces.get(guild),
    enter,
    leave: (guild) => {
      workspaces.delete(guild);
      options.leave(guild);
    },
  };
}

const notThere =
  'the bot is not in a guild of Discord that RECOURSE_ADMINS names; recourse doctor prints the link to invite it';

const beyond: readonly number[] = [403, 404];

/** Undefined where the bot is not. */
export async function readGuild(rest: REST, id: string): Promise<APIGuild | undefined> {
  try {
    return (await rest.get(Routes.guild(id))) as APIGuild;
  } catch (error) {
    if (error instanceof DiscordAPIError && beyond.includes(error.status)) return undefined;
    throw error;
  }
}
