import type { NeededApproval } from '../runbook/needed-approval.ts';

/** What the steps of a runbook will need, in a few words: a form has little room for it. */
export function approvalText(approval: NeededApproval): string {
  const parts = [
    part(approval['read-only'], 'only reads', 'only read'),
    part(approval.mutating, 'needs an approver', 'need an approver'),
    part(approval.destructive, 'needs two approvers', 'need two approvers'),
  ].filter((text) => text !== '');
  return parts.length === 0 ? 'there is no step yet.' : `${parts.join(', ')}.`;
}

const part = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? `step ${one}` : `steps ${many}`}`;
