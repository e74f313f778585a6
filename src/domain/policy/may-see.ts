import { hasRole, type Role } from '../person.ts';
import type { Policy } from './policy.ts';
import { settleTerms } from './settle-terms.ts';

/** Whether somebody of this role may be shown a solution in this channel. `slug` is its stable name. */
export function maySee(
  policy: Policy,
  role: Role,
  { channel, slug }: { readonly channel: string; readonly slug: string },
): boolean {
  const question = { risk: 'read-only', environments: [], host: null, channel, runbook: slug } as const;
  const { value } = settleTerms(policy, question).see;
  return value !== 'nobody' && hasRole(role, value);
}

/** Whether the policy hides anything from anybody: else nobody has to be asked about. */
export function hides({ rules }: Policy): boolean {
  return rules.some(({ terms }) => terms.see !== undefined && terms.see !== 'viewer');
}
