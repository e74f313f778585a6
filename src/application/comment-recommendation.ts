import { type RecommendationId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { solutionTitle } from '#domain/solution.ts';
import { commentForm } from '#domain/wording/comment-form.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import { stampVerdict } from './stamp-verdict.ts';

/** "💬 Comment": the form with what this person said before. */
export const openCommentForm: OpenForm = async (_, { recommendations, solutions }, { intent, person }) => {
  const id = readId<RecommendationId>(intent.action.id);
  const recommendation = id && (await recommendations.find(id));
  const version = recommendation && (await solutions.version(recommendation.versionId));
  if (!version || !hasRole(person.role, 'responder')) return undefined;
  const said = (await recommendations.comments(recommendation.id)).find((one) => one.personId === person.id);
  const form = commentForm(recommendation.id, solutionTitle(version), said?.text ?? '');
  return { kind: 'form', form };
};

export const checkComment: CheckForm = async (_, { values }) =>
  (values.comment ?? '').trim() === '' ? { comment: 'Write something first.' } : {};

/** Keeps what a person says about a recommendation and shows it on its verdict card. */
export function createCommentRecommendation({ unitOfWork, ids }: Pick<Core, 'unitOfWork' | 'ids'>) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await keep(transaction, intent, person);
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was kept, as a sentence; undefined when it was. */
async function keep(
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
  person: Person,
): Promise<string | undefined> {
  const id = readId<RecommendationId>(intent.action.id);
  const recommendation = id && (await transaction.recommendations.find(id));
  if (!recommendation) return 'This recommendation is gone.';
  if (!hasRole(person.role, 'responder')) return 'A comment needs the role responder or higher.';
  const text = intent.kind === 'form-submitted' ? (intent.values.comment ?? '').trim() : '';
  if (text === '') return 'Nothing was written, so nothing was kept.';
  await transaction.recommendations.comment(recommendation.id, person.id, text);
  await transaction.audit.append({
    actor: person.externalId,
    event: 'comment.changed',
    details: { recommendation: recommendation.id },
  });
  await stampVerdict(transaction, recommendation);
  return undefined;
}
