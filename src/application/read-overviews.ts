import { mayDecide } from '#domain/approval/may-decide.ts';
import type { Person } from '#domain/person.ts';
import { settleTerms, termsOf } from '#domain/policy/settle-terms.ts';
import { strictestTerms } from '#domain/policy/strictest-terms.ts';
import { whereText } from '#domain/wording/fan-out-blocks.ts';
import { type Home, homeCard } from '#domain/wording/home-card.ts';
import type { Received } from '#ports/inbound.ts';
import type { ApprovalLine } from '#ports/stores/overview-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { hiddenFrom } from './hidden-from.ts';
import { readSeen } from './read-seen.ts';

type Needs = Pick<Core, 'clock' | 'settings'>;

const shortList = 5;
const approvalList = 10;

/** The person's own page: what waits, what is theirs, what happened, what works. `channels` are those that they may read. */
export async function showHome(
  { clock, settings }: Needs,
  { overview, solutions, visibility }: Pick<Transaction, 'overview' | 'solutions' | 'visibility'>,
  person: Person,
  channels: readonly string[],
): Promise<Received> {
  const { policy } = settings;
  // The page is in no channel: what is for some of them is not there.
  const reader = { role: person.role, channel: '' };
  const hidden = await hiddenFrom(policy, { solutions, visibility }, reader);
  const waiting = (limit: number) => overview.pendingApprovals(limit, { hidden, channels });
  const approvals = await readSeen(policy, reader, approvalList, waiting);
  const rated = { leastTried: settings.fold.leastSignals, hidden };
  const home: Home = {
    incidents: await overview.openIncidents(person.id, shortList),
    approvals: approvals.map((one) => withDecision(settings, one, person)),
    runs: await readSeen(policy, reader, shortList, (limit) =>
      overview.recentRuns(limit, { hidden, channels }),
    ),
    top: await overview.rated('top', rated, shortList),
    failing: await overview.rated('failing', rated, shortList),
  };
  return { kind: 'shown', reply: homeCard(home, clock.now()) };
}

function withDecision(
  { policy }: Core['settings'],
  approval: ApprovalLine,
  person: Person,
): Home['approvals'][number] {
  const { requesters, decidedBy, hosts, group, risk, channel, slug: runbook } = approval;
  const [first, ...others] = hosts;
  const termsAt = ({ name: host, environments }: ApprovalLine['hosts'][number]) =>
    termsOf(settleTerms(policy, { risk, channel, runbook, host, environments }));
  // A group is one decision, with the strictest terms of its hosts.
  const terms = strictestTerms(termsAt(first), ...others.map(termsAt));
  const decision = decidedBy.includes(person.id)
    ? ({ kind: 'decided' } as const)
    : mayDecide({ person, requesters, terms, decision: 'approved' });
  const host = whereText(first, group === null ? null : { group, targets: hosts });
  return { ...approval, host, decision };
}
