import type { SolutionId } from '#domain/ids.ts';
import type { Role } from '#domain/person.ts';
import { hides, maySee } from '#domain/policy/may-see.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** What the policy hides from somebody of this role in this channel; to be left out before anything is cut. */
export async function hiddenFrom(
  policy: Policy,
  { solutions }: Pick<Transaction, 'solutions'>,
  { role, channel }: { readonly role: Role; readonly channel: string },
): Promise<readonly SolutionId[]> {
  if (!hides(policy)) return [];
  const all = await solutions.slugs();
  return all.filter(({ slug }) => !maySee(policy, role, { channel, slug })).map(({ id }) => id);
}
