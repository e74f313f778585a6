import { expect, it } from 'vitest';
import { countRecurrences, type MergedCase, resolveMerges } from '#domain/case-merge/resolve-merges.ts';
import type { SolutionId } from '#domain/ids.ts';

const one = (id: string, into: string | null, seenAt: number) =>
  ({ id: id as SolutionId, into: into as SolutionId | null, seenAt }) satisfies MergedCase;

it('follows chains to their ends and counts there all that leads to them', () => {
  const cases = [one('a', 'b', 5), one('b', 'c', 9), one('c', null, 1), one('d', 'c', 2)];
  const merges = resolveMerges(cases);
  expect(Object.fromEntries(merges)).toEqual({ a: 'c', b: 'c', d: 'c' });
  expect([...countRecurrences(cases, merges)]).toEqual([['c', { seen: 4, lastSeenAt: 9 }]]);
});

it('counts nothing of a ring, nor of what leads into it', () => {
  const cases = [one('a', 'b', 1), one('b', 'a', 1), one('c', 'a', 1), one('d', 'd', 1), one('e', null, 3)];
  const merges = resolveMerges(cases);
  expect([...merges]).toEqual([]);
  expect([...countRecurrences(cases, merges)]).toEqual([['e', { seen: 1, lastSeenAt: 3 }]]);
});
