import { expect, it } from 'vitest';
import { groupsOf, hostsOfGroup, settleTarget } from '#domain/host-group.ts';
import { defaultTerms } from '#domain/policy/policy.ts';
import { strictestTerms } from '#domain/policy/strictest-terms.ts';
import { someHost } from '#test/support/rows.ts';

const host = (name: string, hostGroup?: string, tags: readonly string[] = []) =>
  someHost({ name, tags, context: { hostGroup } });
const inventory = [
  host('web-2', 'web'),
  host('db', 'db'),
  host('web-1', 'web'),
  host('web-3', 'web', ['canary']),
];

it('gives the hosts of a group by name, the one with the tag canary first', () => {
  expect(hostsOfGroup(inventory, 'web').map(({ name }) => name)).toEqual(['web-3', 'web-1', 'web-2']);
  expect(hostsOfGroup(inventory, 'other')).toEqual([]);
  expect(groupsOf(inventory)).toEqual(['db', 'web']);
});

it('takes a word for the host of that name, else for the group, which is kept as one', () => {
  expect(settleTarget(inventory, 'web-1')).toBe('web-1');
  expect(settleTarget(inventory, 'web')).toBe('group:web');
  expect(settleTarget(inventory, 'group:web')).toBe('group:web');
  expect(settleTarget(inventory, 'db')).toBe('db');
  expect(settleTarget(inventory, 'group:db')).toBe('group:db');
  expect(settleTarget(inventory, 'group:nobody')).toBeUndefined();
  expect(settleTarget(inventory, 'nobody')).toBeUndefined();
});

it('asks of a decision about several hosts what the strictest of them asks, term by term', () => {
  const { mutating } = defaultTerms;
  const strict = { ...mutating, approve: 'admin', approvals: 3 } as const;
  const free = { ...mutating, requesterApproves: true, run: 'approver' } as const;
  const all = { ...mutating, approve: 'admin', approvals: 3, run: 'approver' };
  expect(strictestTerms(free, strict)).toEqual(all);
  expect(strictestTerms(strict, free)).toEqual(all);
  expect(strictestTerms(strict, { ...free, approve: 'nobody' }).approve).toBe('nobody');
  expect(strictestTerms(free)).toEqual(free);
});
