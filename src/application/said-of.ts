import type { PersonId, RecommendationId } from '#domain/ids.ts';
import { standingReport } from '#domain/learning/report.ts';
import type { VerdictView } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Who said what of a recommendation so far, before and after it was used. */
export async function saidOf(
  { people, recommendations }: Pick<Transaction, 'people' | 'recommendations'>,
  id: RecommendationId,
): Promise<Pick<VerdictView, 'votes' | 'comments'>> {
  const comments = await recommendations.comments(id);
  const votes = (await recommendations.votes(id)).map((vote) => {
    const report = comments.find(({ personId }) => personId === vote.personId)?.report ?? {};
    const { outcome } = standingReport(report, vote.verdict);
    return { ...vote, ...(outcome && { outcome }) };
  });
  return { votes: await named(people, votes), comments: await named(people, comments) };
}

async function named<T extends { readonly personId: PersonId }>(
  people: Transaction['people'],
  said: readonly T[],
): Promise<readonly (T & { readonly name: string })[]> {
  const all = [];
  for (const one of said) all.push({ ...one, name: (await people.find(one.personId))?.name ?? 'somebody' });
  return all;
}
