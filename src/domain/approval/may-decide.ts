import type { PersonId } from '../ids.ts';
import { hasRole, type Person, type Role } from '../person.ts';
import type { Risk } from '../risk/risk.ts';

export interface DecisionQuestion {
  readonly person: Pick<Person, 'id' | 'role' | 'standing'>;
  /** Whoever asked for it in its present form, or began it. */
  readonly requesters: readonly PersonId[];
  readonly risk: Risk;
  readonly decision: 'approved' | 'rejected' | 'skipped';
}

export type DecisionAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'needs-role'; readonly role: Role }
  | { readonly kind: 'no-member' }
  | { readonly kind: 'is-requester' };

/** How many different people must approve a step of this risk. */
export function approvalsNeeded(risk: Risk): 1 | 2 {
  return risk === 'destructive' ? 2 : 1;
}

/** The least role that may approve a step of this risk. */
export function approverRole(risk: Risk): Role {
  return risk === 'read-only' ? 'responder' : 'approver';
}

/**
 * Whether a person may decide on a step. Saying no is open to every responder; saying yes is for members, and to a change
 * for an approver who did not ask for it. Asked at the click and again when the step is about to run.
 */
export function mayDecide({ person, requesters, risk, decision }: DecisionQuestion): DecisionAnswer {
  const role = decision === 'approved' ? approverRole(risk) : 'responder';
  if (!hasRole(person.role, role)) return { kind: 'needs-role', role };
  if (decision === 'approved' && person.standing !== 'member') return { kind: 'no-member' };
  const changes = decision === 'approved' && risk !== 'read-only';
  return changes && requesters.includes(person.id) ? { kind: 'is-requester' } : { kind: 'allowed' };
}
