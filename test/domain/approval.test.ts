import { describe, expect, it } from 'vitest';
import { type ApprovalBinding, hashBinding } from '#domain/approval/binding.ts';
import { mayDecide } from '#domain/approval/may-decide.ts';
import { expiryFor } from '#domain/approval/settings.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { PersonId } from '#domain/ids.ts';
import { roles } from '#domain/person.ts';
import { defaultTerms } from '#domain/policy/policy.ts';
import type { Risk } from '#domain/risk/risk.ts';

const risks = ['read-only', 'mutating', 'destructive'] as const satisfies readonly Risk[];

const target = {
  host: 'h',
  address: '192.0.2.7',
  port: 22,
  user: 'ops',
  hostKey: 'ssh-ed25519 AAAA',
  jump: null,
  command: 'df -h',
};

const binding = {
  workspace: 'w',
  incident: 'i',
  run: 'r',
  step: 's',
  attempt: 1,
  host: 'h',
  address: '192.0.2.7',
  port: 22,
  user: 'ops',
  hostKey: 'ssh-ed25519 AAAA',
  jump: 'bastion',
  jumps: [{ host: 'j', address: '192.0.2.1', port: 22, user: 'ops', hostKey: 'ssh-ed25519 AAAA' }],
  command: 'df -h',
  fanOut: {
    group: 'web',
    parallel: 5,
    maxFailures: 1,
    targets: [target, { ...target, host: 'h2', address: '192.0.2.8' }],
  },
  environment: [{ name: 'A', text: 'b' }],
  input: { descriptor: 0, secret: 'runbooks/a' },
  timeoutMs: 1000,
  expect: 'ok',
  exitCodes: [0],
  retry: { times: 2, pauseMs: 5000 },
  risk: 'read-only',
  version: 'v',
  expiresAt: 5,
  nonce: 'n',
} as unknown as ApprovalBinding;

const { fanOut, jumps } = binding as unknown as {
  fanOut: { targets: readonly (typeof target)[] };
  jumps: readonly object[];
};
/** One field of the second host changed. */
const otherTargets = [
  { host: 'h4' },
  { address: 'h' },
  { port: 23 },
  { user: 'root' },
  { hostKey: null },
  { jump: 'bastion' },
  { jumps: [{ host: 'j' }] },
  { command: 'df -H' },
];

/** For every field, values that are as near to the bound one as can be. */
const changes: Readonly<Record<keyof ApprovalBinding, readonly unknown[]>> = {
  workspace: ['w2', ''],
  incident: ['i2'],
  run: ['r2'],
  step: ['s2'],
  attempt: [2, '1'],
  host: ['h2'],
  address: ['192.0.2.8', 'web-01'],
  port: [2222, '22'],
  user: ['root', 'Ops'],
  hostKey: [null, 'ssh-ed25519 AAAB', ''],
  jump: ['bastion2', '', null],
  jumps: [
    undefined,
    null,
    [],
    [...jumps, { ...jumps[0], host: 'j2' }],
    ...[{ host: 'j2' }, { address: '192.0.2.2' }, { port: 23 }, { user: 'root' }, { hostKey: null }].map(
      (changed) => [{ ...jumps[0], ...changed }],
    ),
  ],
  command: ['df -h ', ' df -h', 'df  -h', 'df -h\n', 'df -h\u200b', 'df -H'],
  fanOut: [
    null,
    { ...fanOut, group: 'db' },
    { ...fanOut, parallel: 6 },
    { ...fanOut, maxFailures: 2 },
    { ...fanOut, targets: fanOut.targets.toReversed() },
    { ...fanOut, targets: fanOut.targets.slice(1) },
    { ...fanOut, targets: [...fanOut.targets, { ...target, host: 'h3' }] },
    ...otherTargets.map((changed) => ({
      ...fanOut,
      targets: [target, { ...fanOut.targets[1], ...changed }],
    })),
  ],
  environment: [
    [],
    [{ name: 'A', text: 'c' }],
    [{ name: 'B', text: 'b' }],
    [{ name: 'A', secret: 'b' }],
    [
      { name: 'A', text: 'b' },
      { name: 'B', text: '' },
    ],
  ],
  input: [undefined, { descriptor: 3, secret: 'runbooks/a' }, { descriptor: 0, secret: 'runbooks/b' }],
  timeoutMs: [1001],
  expect: [null, '', 'ok$'],
  exitCodes: [[], [0, 1], [1]],
  retry: [undefined, { times: 3, pauseMs: 5000 }, { times: 2, pauseMs: 5001 }],
  risk: ['mutating'],
  version: ['v2'],
  expiresAt: [6],
  nonce: ['N'],
};

describe('the hash of an approval', () => {
  it('is SHA-256 in hex and does not depend on the order of fields', () => {
    const reversed = Object.fromEntries(Object.entries(binding).reverse()) as unknown as ApprovalBinding;
    expect(hashBinding(binding)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashBinding(reversed)).toBe(hashBinding(binding));
  });

  it('is another one after any single change of any field', () => {
    expect(Object.keys(changes).sort()).toEqual(Object.keys(binding).sort());
    const hashes = Object.entries(changes).flatMap(([field, values]) =>
      values.map((value) => hashBinding({ ...binding, [field]: value })),
    );
    expect(new Set([hashBinding(binding), ...hashes]).size).toBe(hashes.length + 1);
  });

  it('cannot be met by moving text from one field into the next', () => {
    const one = hashBinding({ ...binding, user: 'a","version":"b' });
    const other = hashBinding({ ...binding, user: 'a', version: 'b' as ApprovalBinding['version'] });
    expect(one).not.toBe(other);
  });

  it('is taken over JSON with sorted keys at every depth and no spaces', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 'ü' }], a: null, c: undefined })).toBe(
      '{"a":null,"b":[{"a":"ü","z":1}]}',
    );
  });
});

describe('who may decide', () => {
  const requester = 'requester' as PersonId;
  const other = 'other' as PersonId;
  const ask = (
    id: PersonId,
    role: (typeof roles)[number],
    risk: (typeof risks)[number],
    decision: 'approved' | 'rejected' | 'skipped',
  ) =>
    mayDecide({
      person: { id, role, standing: 'member' },
      requesters: [requester],
      terms: defaultTerms[risk],
      decision,
    });

  it.each([
    // role, read-only, mutating, destructive: who approves what somebody else asked for
    ['viewer', 'needs-role', 'needs-role', 'needs-role'],
    ['responder', 'allowed', 'needs-role', 'needs-role'],
    ['approver', 'allowed', 'allowed', 'allowed'],
    ['admin', 'allowed', 'allowed', 'allowed'],
  ] as const)('%s approves for others: read-only %s, mutating %s, destructive %s', (role, ...answers) => {
    expect(risks.map((risk) => ask(other, role, risk, 'approved').kind)).toEqual(answers);
  });

  it.each([
    ['viewer', 'needs-role', 'needs-role', 'needs-role'],
    ['responder', 'allowed', 'needs-role', 'needs-role'],
    ['approver', 'allowed', 'is-requester', 'is-requester'],
    ['admin', 'allowed', 'is-requester', 'is-requester'],
  ] as const)('%s approves for themselves: read-only %s, mutating %s, destructive %s', (role, ...answers) => {
    expect(risks.map((risk) => ask(requester, role, risk, 'approved').kind)).toEqual(answers);
  });

  it('lets every responder and nobody below say no', () => {
    for (const risk of risks)
      for (const decision of ['rejected', 'skipped'] as const)
        for (const person of [requester, other])
          expect(roles.map((role) => ask(person, role, risk, decision).kind)).toEqual([
            'needs-role',
            'allowed',
            'allowed',
            'allowed',
          ]);
  });

  it.each(['guest', 'stranger', 'deactivated', 'bot'] as const)(
    'lets no %s say yes, whatever the risk',
    (standing) => {
      for (const risk of risks) {
        const person = { id: other, role: 'responder', standing } as const;
        const question = { person, requesters: [requester], terms: defaultTerms[risk] };
        expect(mayDecide({ ...question, decision: 'approved' }).kind).not.toBe('allowed');
        expect(mayDecide({ ...question, decision: 'rejected' }).kind).toBe('allowed');
      }
    },
  );

  it('needs two people for what destroys, and gives it less time', () => {
    expect(risks.map((risk) => defaultTerms[risk].approvals)).toEqual([1, 1, 2]);
    const settings = { expiryMs: 30, destructiveExpiryMs: 10 };
    expect(risks.map((risk) => expiryFor(risk, settings))).toEqual([30, 30, 10]);
  });
});
