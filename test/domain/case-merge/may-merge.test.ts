import { expect, it } from 'vitest';
import { mayMerge } from '#domain/case-merge/may-merge.ts';
import type { Role } from '#domain/person.ts';
import type { Audience, Visibility } from '#domain/visibility/visibility.ts';

const audience = (
  visibility: Visibility,
  channel: string | null = 'c',
  team: string | null = null,
): Audience => ({
  ...{ visibility, channel, team },
});
const ask = (who: string, role: Role, from: Audience, into: Audience) =>
  mayMerge({ externalId: who, role }, { ...from, author: 'rae' }, into);
const all = audience('workspace');

it.each([
  ['rae', 'responder', 'allowed'],
  ['rae', 'viewer', 'not-theirs'],
  ['ada', 'responder', 'not-theirs'],
  ['ben', 'approver', 'allowed'],
] as const)('lets %s, who is %s: %s', (who, role, answer) => {
  expect(ask(who, role, all, all)).toBe(answer);
});

it('lets an approver merge into what more people may see only where they may say for whom the case is', () => {
  const secret = audience('channel');
  expect(ask('ben', 'approver', secret, all)).toBe('reaches-further');
  expect(ask('ben', 'approver', secret, audience('channel', 'other'))).toBe('reaches-further');
  expect(ask('ben', 'approver', secret, audience('team', 'c', 't'))).toBe('reaches-further');
  expect(ask('ben', 'approver', secret, secret)).toBe('allowed');
  expect(ask('ben', 'approver', audience('team', 'c', 't'), audience('team', 'c', 't'))).toBe('allowed');
  expect(ask('ben', 'approver', audience('team', 'c', 't'), secret)).toBe('allowed');
  expect(ask('ben', 'approver', audience('team', 'c', 't'), audience('team', 'c', 'u'))).toBe(
    'reaches-further',
  );
  expect(ask('max', 'admin', secret, all)).toBe('allowed');
  expect(ask('rae', 'responder', secret, all)).toBe('allowed');
});
