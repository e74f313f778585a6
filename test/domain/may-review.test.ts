import { expect, it } from 'vitest';
import { defaultPolicy, type Policy } from '#domain/policy/policy.ts';
import { mayReview } from '#domain/review/may-review.ts';

const author = { externalId: 'ada', role: 'approver', standing: 'member' } as const;
const version = { slug: 'disk-full', author: 'ada' };

it('lets nobody approve their own version, whatever the policy says of one channel', () => {
  const lax: Policy = {
    ...defaultPolicy,
    rules: [{ name: 'lax', scope: { channels: ['sandbox'] }, terms: { requesterApproves: true } }],
  };
  expect(mayReview(author, version, 'approved', lax)).toEqual({ kind: 'is-author' });
  expect(mayReview({ ...author, externalId: 'ben' }, version, 'approved', lax)).toEqual({ kind: 'allowed' });
  expect(mayReview(author, version, 'rejected', lax)).toEqual({ kind: 'allowed' });
});

it('lets the author approve where the policy says so of everything', () => {
  const alone: Policy = {
    ...defaultPolicy,
    rules: [{ name: 'alone', scope: {}, terms: { requesterApproves: true } }],
  };
  expect(mayReview(author, version, 'approved', alone)).toEqual({ kind: 'allowed' });
});
