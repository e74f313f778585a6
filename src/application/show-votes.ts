import type { Verdict } from '#domain/learning/verdict.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { settleCapture, unsettleCapture } from './capture-thread.ts';
import type { Core } from './core.ts';
import { stampVerdict } from './stamp-verdict.ts';
import { thankAuthor } from './thank-author.ts';

type Needs = Pick<Core, 'ids' | 'settings'>;

/** One solution that worked resolves the incident, whatever was tried besides; without one it is open again. */
async function resolveIfSolved(
  needs: Needs,
  transaction: Transaction,
  id: Recommendation['incidentId'],
): Promise<void> {
  const { incidents, recommendations } = transaction;
  let solved = false;
  for (const recommendation of await recommendations.inIncident(id))
    solved ||= (await recommendations.votes(recommendation.id)).some(({ verdict }) => verdict === 'worked');
  const incident = await incidents.find(id);
  if (!incident) return;
  if (solved) {
    await incidents.setState(id, 'resolved');
    await settleCapture(needs, transaction, incident, 'verdict');
  } else if (incident.state === 'resolved') {
    await incidents.setState(id, 'open');
    await unsettleCapture(transaction, incident);
  }
}

/** The verdict card shows who said what, and a problem that was solved is resolved. */
export async function showVotes(
  needs: Needs,
  transaction: Transaction,
  recommendation: Recommendation,
  latest: Verdict,
): Promise<void> {
  const votes = await transaction.recommendations.votes(recommendation.id);
  await resolveIfSolved(needs, transaction, recommendation.incidentId);
  await transaction.audit.append({
    actor: 'feedback',
    event: 'verdict.changed',
    details: { recommendation: recommendation.id, latest, votes: votes.length },
  });
  await stampVerdict(transaction, recommendation);
  if (latest === 'worked') await thankAuthor(needs, transaction, recommendation);
}
