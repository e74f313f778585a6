import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';

/** Where the door had nothing to open: what was meant is gone, or this person's role does not reach for it. */
export function createMissForm({ unitOfWork, ids }: Pick<Core, 'unitOfWork' | 'ids'>) {
  return ({ place, speaker }: ButtonPressed | FormSubmitted): Promise<void> =>
    unitOfWork.within(place.workspace, async (transaction) => {
      const { externalId } = await meetSpeaker(transaction, { speaker, place });
      const text = 'This is gone, or it needs the role responder or higher.';
      await transaction.outbox.notify(ids.next(), place, externalId, notice(text));
    });
}
