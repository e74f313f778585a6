import type { Host } from '#domain/host.ts';
import { mayChange } from '#domain/policy/change-hours.ts';
import type { Terms } from '#domain/policy/policy.ts';
import { settleTerms, termsOf } from '#domain/policy/settle-terms.ts';
import { strictestTerms } from '#domain/policy/strictest-terms.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

export interface TermsInForce {
  readonly terms: Terms;
  /** Why nothing may be changed now, as a sentence; null while it may. */
  readonly closed: string | null;
}

type AskedHost = Pick<Host, 'name' | 'context'>;

interface About {
  readonly risk: Risk;
  /** All on which it runs; the strictest terms of any count. */
  readonly hosts: readonly [AskedHost, ...AskedHost[]];
  /** The platform's id of the channel. */
  readonly channel: string | null;
  /** The slug of the runbook. */
  readonly runbook: string | null;
}

/** What the operator's policy and a freeze of the chat say of one step now. */
export async function readTerms(
  { settings: { policy } }: Pick<Core, 'settings'>,
  { freezes, now }: Pick<Transaction, 'freezes' | 'now'>,
  { risk, hosts, channel, runbook }: About,
): Promise<TermsInForce> {
  const termsAt = ({ name: host, context: { environment: environments = [] } }: AskedHost) =>
    termsOf(settleTerms(policy, { risk, environments, channel, runbook, host }));
  const [first, ...others] = hosts;
  const terms = strictestTerms(termsAt(first), ...others.map(termsAt));
  const at = await now();
  const frozen = await freezes.current();
  const hours = { windows: policy.windows, freezes: [...policy.freezes, ...(frozen ? [frozen] : [])] };
  const answers = hosts.map(({ context: { environment: environments = [] } }) =>
    mayChange(hours, { risk, environments }, at),
  );
  return { terms, closed: answers.find((answer) => answer.kind === 'closed')?.why ?? null };
}
