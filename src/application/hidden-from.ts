import type { SolutionId } from '#domain/ids.ts';
import type { Role } from '#domain/person.ts';
import { hides, maySee } from '#domain/policy/may-see.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** Somebody of a role in a channel; `''` is where there is none. */
interface Looking {
  readonly role: Role;
  readonly channel: string;
}

type Stores = Pick<Transaction, 'solutions' | 'visibility'>;

/**
 * What somebody is not shown in a channel, because the policy hides it from their role or because it is for other channels;
 * to be left out before anything is cut.
 */
export async function hiddenFrom(
  policy: Policy,
  { solutions, visibility }: Stores,
  { role, channel }: Looking,
): Promise<readonly SolutionId[]> {
  const elsewhere = await visibility.hiddenIn(channel);
  if (!hides(policy)) return elsewhere;
  const all = await solutions.slugs();
  const unseen = all.filter(({ slug }) => !maySee(policy, role, { channel, slug })).map(({ id }) => id);
  return [...new Set([...unseen, ...elsewhere])];
}

/** The same of one solution: whether somebody is shown the one of this name. */
export async function sees(
  { policy }: Pick<Core['settings'], 'policy'>,
  { visibility }: Pick<Transaction, 'visibility'>,
  { role, channel }: Looking,
  slug: string,
): Promise<boolean> {
  return maySee(policy, role, { channel, slug }) && !(await visibility.isHidden(slug, channel));
}
