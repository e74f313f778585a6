import { articleOf, hasRole, type Role } from '../person.ts';
import { type Risk, riskOrder } from '../risk/risk.ts';
import type { Least, Policy } from './policy.ts';
import { settleTerms } from './settle-terms.ts';

export interface RequestQuestion {
  readonly channel: string;
  /** The slug of the runbook; null for a past case, of which nothing runs. */
  readonly runbook: string | null;
}

/**
 * Why somebody of this role may not begin a run here, as a sentence; undefined when they may. Which steps it will have on
 * which hosts is not known yet, so the mildest terms decide: each step is judged again when it is about to run.
 */
export function mayRequest(
  policy: Policy,
  role: Role,
  { channel, runbook }: RequestQuestion,
): string | undefined {
  const question = { environments: [], host: null, channel, runbook };
  const asked = Object.keys(riskOrder).map(
    (risk) => settleTerms(policy, { ...question, risk: risk as Risk }).request.value,
  );
  if (asked.some((least) => fulfils(role, least))) return undefined;
  if (asked.every((least) => least === 'nobody')) return 'The policy lets nobody run this here.';
  const [least = 'admin'] = asked.filter((one) => one !== 'nobody');
  return `Using this solution needs the role ${least} or higher; you are ${articleOf(role)} ${role}.`;
}

const fulfils = (role: Role, least: Least): boolean => least !== 'nobody' && hasRole(role, least);
