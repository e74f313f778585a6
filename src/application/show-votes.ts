import type { Verdict } from '#domain/learning/verdict.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { stampVerdict } from './stamp-verdict.ts';

/** One solution that worked resolves the incident, whatever was tried besides; without one it is open again. */
async function resolveIfSolved(
  { incidents, recommendations }: Transaction,
  id: Recommendation['incidentId'],
): Promise<void> {
  let solved = false;
  for (const recommendation of await recommendations.inIncident(id))
    solved ||= (await recommendations.votes(recommendation.id)).some(({ verdict }) => verdict === 'worked');
  const state = (await incidents.find(id))?.state;
  if (solved) await incidents.setState(id, 'resolved');
  else if (state === 'resolved') await incidents.setState(id, 'open');
}

/** The verdict card shows who said what, and a problem that was solved is resolved. */
export async function showVotes(
  transaction: Transaction,
  recommendation: Recommendation,
  latest: Verdict,
): Promise<void> {
  const votes = await transaction.recommendations.votes(recommendation.id);
  await resolveIfSolved(transaction, recommendation.incidentId);
  await transaction.audit.append({
    actor: 'feedback',
    event: 'verdict.changed',
    details: { recommendation: recommendation.id, latest, votes: votes.length },
  });
  await stampVerdict(transaction, recommendation);
}
