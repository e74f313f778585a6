import { type RecommendationId, readId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';

/** "Not this": noted on the recommendation. It is no verdict; nobody tried it. */
export function createDismissRecommendation({ unitOfWork, ids }: Pick<Core, 'unitOfWork' | 'ids'>) {
  return (intent: ButtonPressed): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const id = readId<RecommendationId>(intent.action.id);
      const dismissed =
        id && hasRole(person.role, 'responder') && (await transaction.recommendations.dismiss(id));
      const text = dismissed
        ? 'Noted: not this one. It stays in the thread in case it is needed.'
        : 'This cannot be set aside: it is in use or was set aside already, or your role may only look on.';
      await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(text));
    });
}
