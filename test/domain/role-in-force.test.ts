import { describe, expect, it } from 'vitest';
import type { Role, Standing } from '#domain/person.ts';
import { roles } from '#domain/person.ts';
import { type RoleBinding, roleInForce } from '#domain/role-in-force.ts';
import { readRoleRequest } from '#domain/role-request.ts';

const bindings: readonly RoleBinding[] = [
  { kind: 'group', externalId: 'sre', role: 'approver' },
  { kind: 'group', externalId: 'support', role: 'responder' },
  { kind: 'channel', externalId: 'incidents', role: 'responder' },
];
const somebody = { given: 'viewer', standing: 'member', groups: [], channel: null } as const;

describe('the role in force', () => {
  it.each<[string, object, Role]>([
    ['what was given', { given: 'admin' }, 'admin'],
    ['the role of a group', { groups: ['sre'] }, 'approver'],
    ['the greatest of several groups', { groups: ['support', 'sre'] }, 'approver'],
    ['the role of the channel', { channel: 'incidents' }, 'responder'],
    ['nothing of another channel', { channel: 'general' }, 'viewer'],
    ['nothing of a channel whose id is a group of theirs', { groups: ['incidents'] }, 'viewer'],
    ['the greater of given and bound', { given: 'admin', groups: ['support'] }, 'admin'],
  ])('is %s', (_, changes, role) => {
    expect(roleInForce({ ...somebody, ...changes }, bindings)).toBe(role);
  });

  it.each<[Standing, Role]>([
    ['member', 'admin'],
    ['guest', 'responder'],
    ['stranger', 'viewer'],
    ['deactivated', 'viewer'],
    ['bot', 'viewer'],
  ])('of a %s is at most %s, however it was come by', (standing, most) => {
    const everything: readonly RoleBinding[] = [
      { kind: 'group', externalId: 'all', role: 'admin' },
      { kind: 'channel', externalId: 'incidents', role: 'admin' },
    ];
    for (const given of roles)
      expect(roleInForce({ given, standing, groups: ['all'], channel: 'incidents' }, everything)).toBe(most);
  });

  it('is never raised by the standing', () => {
    expect(roleInForce(somebody, [])).toBe('viewer');
    expect(roleInForce({ ...somebody, standing: 'guest' }, [])).toBe('viewer');
  });
});

describe('a request for a role', () => {
  it.each([
    ['user:U1 approver', { kind: 'user', externalId: 'U1' }, 'approver'],
    ['group:S1 NONE', { kind: 'group', externalId: 'S1' }, null],
    ['channel:C1 responder', { kind: 'channel', externalId: 'C1' }, 'responder'],
    ['here viewer', { kind: 'channel', externalId: 'here-id' }, 'viewer'],
    ['  U1   admin ', { kind: 'unsaid', externalId: 'U1' }, 'admin'],
    ['@U1 admin', { kind: 'unsaid', externalId: 'U1' }, 'admin'],
  ])('%j names somebody and a role', (text, target, role) => {
    expect(readRoleRequest(text, 'here-id')).toEqual({ kind: 'set', target, role });
  });

  it.each(['U1', 'U1 boss', 'U1 admin now', 'team:T1 admin', '<@U1> admin'])('%j is none', (text) => {
    expect(readRoleRequest(text, 'c')).toMatchObject({ kind: 'wrong' });
  });

  it('shows when it says nothing', () => {
    expect(readRoleRequest(' ', 'c')).toEqual({ kind: 'show' });
  });
});
