import type { Role, Standing } from '../person.ts';
import { hasRole } from '../person.ts';
import type { Policy } from '../policy/policy.ts';
import { settleTerms } from '../policy/settle-terms.ts';
import type { ReviewDecision, WaitingReview } from './review.ts';

/** Who decides: a person in a chat, or whoever has the shell of the server, who is asked for no role. */
export interface Reviewer {
  readonly externalId: string;
  readonly role: Role;
  readonly standing: Standing;
}

export const shellReviewer: Reviewer = { externalId: 'shell', role: 'admin', standing: 'member' };

export type ReviewAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'needs-role'; readonly role: Role }
  | { readonly kind: 'no-member' }
  | { readonly kind: 'is-author' }
  /** The policy lets nobody approve this. */
  | { readonly kind: 'nobody' };

/**
 * Whether somebody may decide on a version. What becomes active is what will be run, so the terms of a change count: yes is
 * for members with the role that the policy asks for, and as a rule not for the author. No is also for the author. It holds in
 * every channel, so what the policy says of one channel counts neither for nor against it.
 */
export function mayReview(
  reviewer: Reviewer,
  { slug, author }: Pick<WaitingReview, 'slug' | 'author'>,
  decision: ReviewDecision['decision'],
  policy: Policy,
): ReviewAnswer {
  const { approve, requesterApproves } = settleTerms(policy, {
    ...{ risk: 'mutating', environments: [], host: null },
    ...{ channel: null, runbook: slug },
  });
  const isAuthor = author === reviewer.externalId;
  if (decision === 'rejected' && isAuthor) return { kind: 'allowed' };
  const role = decision === 'rejected' || approve.value === 'nobody' ? 'approver' : approve.value;
  if (!hasRole(reviewer.role, role)) return { kind: 'needs-role', role };
  if (reviewer.standing !== 'member') return { kind: 'no-member' };
  if (decision === 'rejected') return { kind: 'allowed' };
  if (approve.value === 'nobody') return { kind: 'nobody' };
  return isAuthor && !requesterApproves.value ? { kind: 'is-author' } : { kind: 'allowed' };
}
