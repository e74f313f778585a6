import type { Role } from '#domain/person.ts';
import { hides, maySee } from '#domain/policy/may-see.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** How many entries are looked through where the policy hides runbooks from anybody. */
const lookedThrough = 500;

/**
 * A list of what was done with runbooks, without what the policy hides from its reader. An entry is shown to whoever may be
 * shown its runbook both where they ask and where it went on. What is hidden is left out before the list is cut.
 */
export async function readSeen<T extends { readonly slug: string; readonly channel: string }>(
  policy: Policy,
  { role, channel }: { readonly role: Role; readonly channel: string },
  limit: number,
  read: (limit: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (!hides(policy)) return read(limit);
  const all = await read(lookedThrough);
  const isSeen = ({ slug, channel: there }: T) =>
    [channel, there].every((at) => maySee(policy, role, { channel: at, slug }));
  return all.filter(isSeen).slice(0, limit);
}
