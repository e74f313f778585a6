import { type IncidentId, readId, type WorkspaceId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import { maySee } from '#domain/policy/may-see.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { incidentOfCase } from './draft-case.ts';

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
 * told where the policy hides the solution from viewers; undefined where it can be told nowhere.
 */
export function ownersPlace(
  { settings }: Pick<Core, 'settings'>,
  channel: string | null,
  slug: string,
  origin: Where | undefined,
): Where | undefined {
  const all = [...(channel === null ? [] : [{ channel, thread: null }]), ...(origin ? [origin] : [])];
  return all.find((place) => maySee(settings.policy, 'viewer', { channel: place.channel, slug }));
}

/** The thread that a case was saved from. */
export async function threadOfCase(
  { incidents }: Pick<Transaction, 'incidents'>,
  slug: string,
): Promise<Where | undefined> {
  const id = readId<IncidentId>(incidentOfCase(slug));
  return id && incidents.find(id);
}
