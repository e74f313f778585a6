import type { Client } from 'discord.js';
import type { WorkspaceId } from '#domain/ids.ts';
import { type Channels, createChannels } from './channels.ts';
import { createDirectory, type Directory } from './directory.ts';
import type { Hearing } from './hearing.ts';
import { createNames, type Names } from './names.ts';

/** What reading a payload needs. */
export interface Reading extends Pick<Hearing, 'workspaceOf' | 'directGuild'> {
  /** The bot's own user id: what it says itself is not heard. */
  readonly self: string;
  readonly directory: Directory;
  readonly channels: Channels;
  readonly names: Names;
}

/** The tenant that something happened in. */
export interface Tenant {
  readonly guild: string;
  readonly workspace: WorkspaceId;
  /** Whether it happened in a conversation with the bot alone, which belongs to no guild. */
  readonly direct: boolean;
}

export function createReading(
  client: Client,
  { workspaceOf, directGuild, patient }: Pick<Hearing, 'workspaceOf' | 'directGuild' | 'patient'>,
): Reading {
  const names = createNames(client);
  return {
    workspaceOf,
    directGuild,
    directory: createDirectory(patient),
    channels: createChannels(client, patient, names),
    names,
    // It is known from the first event of a connection on.
    get self() {
      return client.user?.id ?? '';
    },
  };
}

/** Undefined where the bot hears nothing: in a guild that it does not serve, and in private unless that is turned on. */
export function tenantOf(
  { workspaceOf, directGuild }: Pick<Reading, 'workspaceOf' | 'directGuild'>,
  guildId: string | undefined,
): Tenant | undefined {
  const guild = guildId || directGuild;
  const workspace = guild === null ? undefined : workspaceOf(guild);
  if (guild === null || workspace === undefined) return undefined;
  return { guild, workspace, direct: !guildId };
}
