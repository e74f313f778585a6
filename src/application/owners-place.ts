import { type IncidentId, readId, type WorkspaceId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { incidentOfCase } from './draft-case.ts';
import { sees } from './hidden-from.ts';

type Where = Pick<Place, 'channel' | 'thread'>;

/** The channel in which the owners of a workspace are told; null where the operator named none. */
export async function ownersChannel(
  { workspaces, settings }: Pick<Core, 'workspaces' | 'settings'>,
  workspace: WorkspaceId,
): Promise<string | null> {
  const { channels } = settings.owners;
  if (channels.length === 0) return null;
  const own = (await workspaces.all()).find(({ id }) => id === workspace);
  const named = channels.find((one) => one.platform === own?.platform && one.workspace === own.externalId);
  return named?.channel ?? null;
}

/**
 * Where owners are told of a solution: in their channel, else where it comes from. Everybody there reads it, so nothing is
 * told where viewers are not shown the solution; undefined where it can be told nowhere.
 */
export async function ownersPlace(
  { settings }: Pick<Core, 'settings'>,
  transaction: Pick<Transaction, 'visibility'>,
  channel: string | null,
  about: { readonly slug: string; readonly origin: Where | undefined },
): Promise<Where | undefined> {
  const { slug, origin } = about;
  const all = [...(channel === null ? [] : [{ channel, thread: null }]), ...(origin ? [origin] : [])];
  for (const place of all)
    if (await sees(settings, transaction, { role: 'viewer', channel: place.channel }, slug)) return place;
  return undefined;
}

/** The thread that a case was saved from. */
export async function threadOfCase(
  { incidents }: Pick<Transaction, 'incidents'>,
  slug: string,
): Promise<Where | undefined> {
  const id = readId<IncidentId>(incidentOfCase(slug));
  return id && incidents.find(id);
}
