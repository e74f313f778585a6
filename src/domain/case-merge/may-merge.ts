import { hasRole, type Person } from '../person.ts';
import { mayChangeAudience } from '../visibility/may-change-audience.ts';
import type { Audience } from '../visibility/visibility.ts';

/** A case with who saved it first, by the platform's id. */
type Owned = Audience & { readonly author: string };

/**
 * Whether somebody may merge a case into another: whoever saved it first, as long as they are a responder, or an approver.
 * Where the other may be shown to more people, only who may say for whom the case is. Both are taken to be shown to them.
 */
export function mayMerge(
  person: Pick<Person, 'role' | 'externalId'>,
  from: Owned,
  into: Audience,
): 'allowed' | 'not-theirs' | 'reaches-further' {
  if (!mayUnmerge(person, from)) return 'not-theirs';
  const isWithin = reachesNoFurther(into, from) || mayChangeAudience(person, { ...from, kind: 'case' });
  return isWithin ? 'allowed' : 'reaches-further';
}

/** Whether somebody may put a merged case back: it is shown to those again whom it was for, so nobody has to say for whom. */
export const mayUnmerge = (
  { role, externalId }: Pick<Person, 'role' | 'externalId'>,
  { author }: Pick<Owned, 'author'>,
): boolean => hasRole(role, 'approver') || (hasRole(role, 'responder') && author === externalId);

/** Whether everybody who is shown the one is shown the other too. */
function reachesNoFurther(one: Audience, other: Audience): boolean {
  if (other.visibility === 'workspace') return true;
  const isSameChannel = one.channel !== null && one.channel === other.channel;
  if (one.visibility === 'channel') return isSameChannel;
  return one.visibility === 'team' && isSameChannel && other.visibility === 'team' && one.team === other.team;
}
