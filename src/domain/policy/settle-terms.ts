import { hasRole } from '../person.ts';
import type { Risk } from '../risk/risk.ts';
import { fitsPattern } from '../text/fits-pattern.ts';
import { defaultTerms, floors, type Least, type Policy, type PolicyScope, type Terms } from './policy.ts';

/** What the policy is asked about. `runbook` is its slug; `channel` the platform's id; null where there is none. */
export interface PolicyQuestion {
  readonly risk: Risk;
  readonly environments: readonly string[];
  readonly host: string | null;
  readonly channel: string | null;
  readonly runbook: string | null;
}

/** Each term with the name of the rule that it is from; null for the default. */
export type SettledTerms = {
  readonly [Name in keyof Terms]: { readonly value: Terms[Name]; readonly rule: string | null };
};

export const termNames = [
  'see',
  'request',
  'approve',
  'run',
  'approvals',
  'requesterApproves',
] as const satisfies readonly (keyof Terms)[];

/** The terms for one step, each from the first rule that fits and says something of it. */
export function settleTerms(policy: Policy, question: PolicyQuestion): SettledTerms {
  const fitting = policy.rules.filter(({ scope }) => fits(scope, question));
  const settle = <Name extends keyof Terms>(name: Name): SettledTerms[Name] => {
    const rule = fitting.find(({ terms }) => terms[name] !== undefined);
    const value = rule?.terms[name] ?? defaultTerms[question.risk][name];
    return { value, rule: rule?.name ?? null } as SettledTerms[Name];
  };
  return raise(question.risk, policy, {
    see: settle('see'),
    request: settle('request'),
    approve: settle('approve'),
    run: settle('run'),
    approvals: settle('approvals'),
    requesterApproves: settle('requesterApproves'),
  });
}

/** The terms alone. */
export function termsOf(settled: SettledTerms): Terms {
  const { see, request, approve, run, approvals, requesterApproves } = settled;
  return {
    see: see.value,
    request: request.value,
    approve: approve.value,
    run: run.value,
    approvals: approvals.value,
    requesterApproves: requesterApproves.value,
  };
}

export function fits(scope: PolicyScope, question: PolicyQuestion): boolean {
  const { risk, environments, channel, runbook, host } = question;
  const { risks } = scope;
  if (risks !== undefined && !risks.includes(risk)) return false;
  return (
    fitsAll(scope.environments, environments) &&
    fitsOne(scope.channels, channel) &&
    fitsOne(scope.runbooks, runbook) &&
    fitsOne(scope.hosts, host)
  );
}

const fitsOne = (patterns: readonly string[] | undefined, name: string | null): boolean =>
  patterns === undefined || (name !== null && patterns.some((pattern) => fitsPattern(name, pattern)));

const fitsAll = (patterns: readonly string[] | undefined, names: readonly string[]): boolean =>
  patterns === undefined || (names.length > 0 && names.every((name) => fitsOne(patterns, name)));

/** A rule without a risk may meet all three: what it asks for less than the floor of one counts as that floor. */
function raise(risk: Risk, { singleOperator }: Policy, settled: SettledTerms): SettledTerms {
  const floor = floors[risk];
  const { request, approve, run, approvals, requesterApproves } = settled;
  const alone = singleOperator !== 'off' && (risk === 'mutating' || singleOperator === risk);
  return {
    ...settled,
    request: atLeast(request, floor.request),
    approve: atLeast(approve, floor.approve),
    run: atLeast(run, floor.run),
    approvals: alone
      ? { value: 1, rule: 'single_operator' }
      : { ...approvals, value: Math.max(approvals.value, floor.approvals) },
    requesterApproves: alone
      ? { value: true, rule: 'single_operator' }
      : { ...requesterApproves, value: requesterApproves.value && risk !== 'destructive' },
  };
}

function atLeast<T extends SettledTerms['approve']>(given: T, floor: Exclude<Least, 'nobody'>): T {
  if (given.value === 'nobody' || hasRole(given.value, floor)) return given;
  return { ...given, value: floor };
}
