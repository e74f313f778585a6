import { type RecommendationId, readId } from '#domain/ids.ts';
import { caseCard } from '#domain/wording/case-card.ts';
import { detailsCard } from '#domain/wording/details-card.ts';
import { notice } from '#domain/wording/notices.ts';
import { sees } from './hidden-from.ts';
import type { OpenForm } from './open-form.ts';
import { readChosen } from './prepare-run.ts';

/** "More": everything about one solution, for this person alone, so that the thread stays short. */
export const showDetails: OpenForm = async ({ settings }, transaction, { intent, person }) => {
  const id = readId<RecommendationId>(intent.action.id);
  const chosen = id ? await readChosen(transaction, id) : { kind: 'gone' as const };
  const looking = { role: person.role, channel: intent.place.channel };
  if (chosen.kind !== 'gone' && !(await sees(settings, transaction, looking, chosen.slug)))
    return { kind: 'shown', reply: notice('This is not shown to you here.') };
  switch (chosen.kind) {
    case 'runbook':
      return { kind: 'shown', reply: detailsCard(chosen.runbook) };
    case 'case': {
      const { versionId, solutionId } = chosen.recommendation;
      const seen = (await transaction.solutions.rates([solutionId])).get(solutionId);
      return { kind: 'shown', reply: caseCard(chosen.case, versionId, seen) };
    }
    case 'gone':
      return { kind: 'shown', reply: notice('This recommendation is gone. Ask again to get a fresh one.') };
  }
};
