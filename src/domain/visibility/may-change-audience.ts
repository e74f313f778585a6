import { hasRole, type Person } from '../person.ts';
import type { SolutionKind } from '../solution.ts';

/**
 * Who decides for whom a solution is: of a case whoever saved it first, as long as they are a responder, or an
 * administrator; of a runbook an approver. An edit gives nobody this right. `author` is of the first version.
 */
export function mayChangeAudience(
  { role, externalId }: Pick<Person, 'role' | 'externalId'>,
  { kind, author }: { readonly kind: SolutionKind; readonly author: string },
): boolean {
  if (kind === 'runbook') return hasRole(role, 'approver');
  return hasRole(role, 'admin') || (hasRole(role, 'responder') && author === externalId);
}
