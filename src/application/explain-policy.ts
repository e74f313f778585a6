import { mayDecide } from '#domain/approval/may-decide.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import { type Policy, type SettledSystem, settledSystems, type TicketRule } from '#domain/policy/policy.ts';
import { type SettledTerms, settleTerms, termsOf } from '#domain/policy/settle-terms.ts';
import { ticketRuleFor } from '#domain/policy/ticket-rule-for.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { Verdict } from '#domain/risk/risk.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { readTerms } from './read-terms.ts';

export interface PolicyCase {
  /** Platform id or name of a person who was met. */
  readonly person: string;
  readonly command: string;
  /** Name of a host of the inventory. */
  readonly host: string;
  /** The platform's id of the channel; null for no channel. */
  readonly channel: string | null;
  /** The slug of the runbook; null for none. */
  readonly runbook: string | null;
}

export interface PolicyExplanation {
  readonly person: Person;
  readonly verdict: Verdict;
  readonly environments: readonly string[];
  readonly settled: SettledTerms;
  /** Why nothing may be changed now, as a sentence; null while it may. */
  readonly closed: string | null;
  /** What each system's tickets are told once such a run was shown to have helped; null for nothing. */
  readonly tickets: readonly { readonly system: SettledSystem; readonly rule: TicketRule | null }[];
  /** Everybody who could approve it now if this person asked for it. */
  readonly approvers: readonly string[];
}

type Needs = Pick<Core, 'unitOfWork' | 'settings' | 'commandParser'>;

/** What the policy says of one command for one person, and which rule says so; nothing is changed. */
export function createExplainPolicy(needs: Needs) {
  return (workspace: WorkspaceId, asked: PolicyCase): Promise<PolicyExplanation> =>
    needs.unitOfWork.within(workspace, async (transaction) => {
      const person = await findPerson(transaction, asked);
      const host = await transaction.hosts.named(asked.host);
      if (!host)
        throw unknown(`No host named ${asked.host} is in the inventory.`, 'hosts list shows the names.');
      const verdict = classifyCommand(asked.command, (text) => needs.commandParser.parse(text));
      const environments = host.context.environment ?? [];
      const about = { ...asked, risk: verdict.risk, host };
      const settled = settleTerms(needs.settings.policy, { ...about, environments, host: host.name });
      const { closed } = await readTerms(needs, transaction, { ...about, hosts: [host] });
      const approvers = await approversOf(transaction, settled, person, asked.channel ?? undefined);
      const tickets = ticketsOf(needs.settings.policy, asked);
      return { person, verdict, environments, settled, closed, tickets, approvers };
    });
}

const ticketsOf = (policy: Policy, { channel, runbook }: PolicyCase): PolicyExplanation['tickets'] =>
  settledSystems.map((system) => ({
    system,
    rule: ticketRuleFor(policy, { source: system, channel, runbook }) ?? null,
  }));

async function findPerson({ people }: Transaction, { person, channel }: PolicyCase): Promise<Person> {
  const all = await people.withRole('viewer', channel ?? undefined);
  const found = all.filter(({ externalId, name }) => externalId === person || name === person);
  const [only, other] = found;
  if (only && !other) return only;
  if (!only)
    throw unknown(
      `Nobody is known here as ${person}.`,
      'Give the platform id of somebody whom Recourse has met.',
    );
  const ids = found.map(({ externalId }) => externalId).join(', ');
  throw unknown(`Several people are called ${person}.`, `Give one of these ids: ${ids}`);
}

async function approversOf(
  { people }: Transaction,
  settled: SettledTerms,
  requester: Person,
  channel: string | undefined,
): Promise<readonly string[]> {
  const terms = termsOf(settled);
  if (terms.approve === 'nobody') return [];
  const question = { requesters: [requester.id], terms, decision: 'approved' } as const;
  const all = await people.withRole(terms.approve, channel);
  return all
    .filter((person) => mayDecide({ ...question, person }).kind === 'allowed')
    .map(({ name }) => name);
}

const unknown = (message: string, advice: string): Fault =>
  new Fault('rejected', 'policy-question-unknown', message, advice);
