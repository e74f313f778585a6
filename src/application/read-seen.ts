import type { Role } from '#domain/person.ts';
import { hides, maySee } from '#domain/policy/may-see.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** Entries that are looked through at first; each further look is at this many times more. */
const firstLook = 50;
const growth = 10;

/**
 * A list of what was done with runbooks, without what the policy hides from its reader. An entry is shown to whoever may be
 * shown its runbook both where they ask and where it went on. What is hidden is left out before the list is cut, however
 * much of it there is; `read` gives the first so many entries, in the list's order.
 */
export async function readSeen<T extends { readonly slug: string; readonly channel: string }>(
  policy: Policy,
  { role, channel }: { readonly role: Role; readonly channel: string },
  limit: number,
  read: (limit: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (!hides(policy)) return read(limit);
  const isSeen = ({ slug, channel: there }: T) =>
    [channel, there].every((at) => maySee(policy, role, { channel: at, slug }));
  for (let look = Math.max(firstLook, limit); ; look *= growth) {
    const all = await read(look);
    const seen = all.filter(isSeen).slice(0, limit);
    if (seen.length === limit || all.length < look) return seen;
  }
}
