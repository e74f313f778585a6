import type { PersonId } from '../ids.ts';
import { hasRole, type Person, type Role } from '../person.ts';
import type { Terms } from '../policy/policy.ts';

export interface DecisionQuestion {
  readonly person: Pick<Person, 'id' | 'role' | 'standing'>;
  /** Whoever asked for it in its present form, or began it. */
  readonly requesters: readonly PersonId[];
  readonly terms: Pick<Terms, 'approve' | 'requesterApproves'>;
  readonly decision: 'approved' | 'rejected' | 'skipped';
}

export type DecisionAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'needs-role'; readonly role: Role }
  | { readonly kind: 'no-member' }
  | { readonly kind: 'is-requester' }
  /** The policy lets nobody approve this. */
  | { readonly kind: 'nobody' };

/**
 * Whether a person may decide on a step. Saying no is open to every responder; saying yes is for members whose role the
 * policy asks for, and to a change as a rule for somebody who did not ask for it. Asked at the click and again when the step
 * is about to run.
 */
export function mayDecide({ person, requesters, terms, decision }: DecisionQuestion): DecisionAnswer {
  const role = decision === 'approved' ? terms.approve : 'responder';
  if (role === 'nobody') return { kind: 'nobody' };
  if (!hasRole(person.role, role)) return { kind: 'needs-role', role };
  if (decision !== 'approved') return { kind: 'allowed' };
  if (person.standing !== 'member') return { kind: 'no-member' };
  return !terms.requesterApproves && requesters.includes(person.id)
    ? { kind: 'is-requester' }
    : { kind: 'allowed' };
}
