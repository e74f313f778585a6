import { describe, expect, it } from 'vitest';
import { hasRole, roles } from '#domain/person.ts';
import { mayRequest } from '#domain/policy/may-request.ts';
import { defaultPolicy, defaultTerms, floors, type Policy, type PolicyRule } from '#domain/policy/policy.ts';
import { type PolicyQuestion, settleTerms, termNames, termsOf } from '#domain/policy/settle-terms.ts';
import { fc } from '#test/support/properties.ts';

const risks = ['read-only', 'mutating', 'destructive'] as const;
const question = (changes: Partial<PolicyQuestion> = {}): PolicyQuestion => ({
  risk: 'mutating',
  environments: ['prod'],
  host: 'web-01',
  channel: 'C1',
  runbook: 'disk-full',
  ...changes,
});
const policyOf = (...rules: readonly Omit<PolicyRule, 'name'>[]): Policy => ({
  ...defaultPolicy,
  rules: rules.map((rule, index) => ({ name: `rule ${index + 1}`, ...rule })),
});

describe('the terms of a step', () => {
  it.each(risks)('are the defaults of what is %s where nothing was decided', (risk) => {
    const settled = settleTerms(defaultPolicy, question({ risk }));
    expect(termsOf(settled)).toEqual(defaultTerms[risk]);
    for (const name of termNames) expect(settled[name].rule).toBeNull();
  });

  it('are each from the first rule that fits and says something of it', () => {
    const policy = policyOf(
      { scope: { environments: ['staging'] }, terms: { approve: 'nobody' } },
      { scope: { environments: ['prod'] }, terms: { approve: 'admin' } },
      { scope: { runbooks: ['disk-*'] }, terms: { approve: 'approver', approvals: 3 } },
    );
    const settled = settleTerms(policy, question());
    expect(settled.approve).toEqual({ value: 'admin', rule: 'rule 2' });
    expect(settled.approvals).toEqual({ value: 3, rule: 'rule 3' });
    expect(settled.request).toEqual({ value: 'responder', rule: null });
  });

  it.each([
    ['another risk', { risks: ['destructive'] }],
    ['another channel', { channels: ['C2'] }],
    ['another runbook', { runbooks: ['memory-*'] }],
    ['another host', { hosts: ['db-*'] }],
    ['another environment', { environments: ['staging'] }],
  ] as const)('are not those of a rule for %s', (_what, scope) => {
    const settled = settleTerms(policyOf({ scope, terms: { approve: 'nobody' } }), question());
    expect(settled.approve).toEqual({ value: 'approver', rule: null });
  });

  it('take a rule about environments only where all of the host are named', () => {
    const policy = policyOf({ scope: { environments: ['staging'] }, terms: { requesterApproves: true } });
    const given = (environments: readonly string[]) =>
      settleTerms(policy, question({ environments })).requesterApproves.value;
    expect(given(['staging'])).toBe(true);
    expect(given(['staging', 'prod'])).toBe(false);
    expect(given([])).toBe(false);
  });

  it('take a rule about channels or runbooks nowhere where there is none', () => {
    const policy = policyOf({ scope: { channels: ['*'], runbooks: ['*'] }, terms: { approve: 'admin' } });
    expect(settleTerms(policy, question({ channel: null })).approve.value).toBe('approver');
    expect(settleTerms(policy, question({ runbook: null })).approve.value).toBe('approver');
  });

  const least = fc.constantFrom(...roles, 'nobody' as const);
  const anyTerms = fc.record(
    {
      see: least,
      request: least,
      approve: least,
      run: least,
      approvals: fc.integer({ min: 1, max: 5 }),
      requesterApproves: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  it('are never below the floor of the risk, whatever rules say, unless for a single operator', () => {
    fc.assert(
      fc.property(fc.array(anyTerms), fc.constantFrom(...risks), (all, risk) => {
        const policy = policyOf(...all.map((terms) => ({ scope: {}, terms })));
        const terms = termsOf(settleTerms(policy, question({ risk })));
        for (const name of ['request', 'approve', 'run'] as const) {
          const value = terms[name];
          expect(value === 'nobody' || hasRole(value, floors[risk][name])).toBe(true);
        }
        expect(terms.approvals).toBeGreaterThanOrEqual(floors[risk].approvals);
        if (risk === 'destructive') expect(terms.requesterApproves).toBe(false);
      }),
    );
  });

  it('let a single operator approve alone, up to the risk that was set', () => {
    const alone = (singleOperator: Policy['singleOperator'], risk: (typeof risks)[number]) => {
      const { approvals, requesterApproves } = settleTerms(
        { ...defaultPolicy, singleOperator },
        question({ risk }),
      );
      return [approvals.value, requesterApproves.value, requesterApproves.rule];
    };
    expect(alone('mutating', 'mutating')).toEqual([1, true, 'single_operator']);
    expect(alone('mutating', 'destructive')).toEqual([2, false, null]);
    expect(alone('destructive', 'mutating')).toEqual([1, true, 'single_operator']);
    expect(alone('destructive', 'destructive')).toEqual([1, true, 'single_operator']);
  });
});

describe('who may begin a run', () => {
  const here = { channel: 'C1', runbook: 'disk-full' };

  it('is every responder where nothing was decided', () => {
    expect(roles.map((role) => mayRequest(defaultPolicy, role, here) === undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('is whom the policy names for this runbook', () => {
    const policy = policyOf({ scope: { runbooks: ['disk-*'] }, terms: { request: 'approver' } });
    expect(mayRequest(policy, 'responder', here)).toBe(
      'Using this solution needs the role approver or higher; you are a responder.',
    );
    expect(mayRequest(policy, 'approver', here)).toBeUndefined();
    expect(mayRequest(policy, 'responder', { ...here, runbook: 'memory' })).toBeUndefined();
  });

  it('is nobody where the policy says so', () => {
    const policy = policyOf({ scope: { channels: ['C1'] }, terms: { request: 'nobody' } });
    expect(mayRequest(policy, 'admin', here)).toBe('The policy lets nobody run this here.');
  });

  it('leaves a rule about hosts and risks to the steps, which are judged when they are known', () => {
    const policy = policyOf({ scope: { risks: ['destructive'] }, terms: { request: 'nobody' } });
    expect(mayRequest(policy, 'responder', here)).toBeUndefined();
  });
});
