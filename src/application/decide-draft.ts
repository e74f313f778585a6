import { type PostId, readId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import { caseOf } from '#domain/wording/case-form.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { closeCapture } from './capture-thread.ts';
import type { Core } from './core.ts';
import { savedCase } from './draft-case.ts';
import type { Saving } from './keep-audience.ts';
import { keepCase } from './keep-case.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { createOfferMerge, type OfferNeeds } from './offer-merge.ts';

type Decision = 'approve' | 'discard';

/** "Approve" and "Discard" on the draft of a case. One decision counts. */
export function createDecideDraft(needs: Pick<Core, 'unitOfWork' | 'ids'> & OfferNeeds) {
  const { unitOfWork, ids } = needs;
  const offerMerge = createOfferMerge(needs);
  return async (intent: ButtonPressed, decision: Decision): Promise<void> => {
    const id = readId<PostId>(intent.action.id);
    await unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const saving = { person, open: intent.place.open, chosen: undefined };
      const refusal = await decide(transaction, id, saving, decision);
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
    if (decision === 'approve') await offerMerge(intent, (transaction) => incidentBehind(transaction, id));
  };
}

async function incidentBehind({ captures, incidents }: Transaction, id: PostId | undefined) {
  const named = id && (await captures.behindPost(id));
  return named && incidents.find(named.incidentId);
}

/** Why nothing was decided, as a sentence; undefined when it was. */
async function decide(
  transaction: Transaction,
  id: PostId | undefined,
  saving: Saving,
  decision: Decision,
): Promise<string | undefined> {
  const { audit, captures, incidents } = transaction;
  const { person } = saving;
  const named = id && (await captures.behindPost(id));
  // Held, so that of two who press at the same time the second finds what the first did.
  const incident = named && (await incidents.lock(named.incidentId));
  const waiting = incident && (await captures.waiting(incident.id));
  if (!incident || waiting?.postId !== id) return decided;
  if (!hasRole(person.role, 'responder')) return 'To decide on a draft needs the role responder or higher.';
  if (decision === 'approve') return approve(transaction, incident, waiting.draft, saving);
  await closeCapture(transaction, incident, { kind: 'discarded', by: person });
  const details = { incident: incident.id };
  await audit.append({ actor: person.externalId, event: 'draft.discarded', details });
  return undefined;
}

const decided = 'This draft does not wait any more: it was decided on, lapsed or withdrawn.';

async function approve(
  transaction: Transaction,
  incident: Incident,
  draft: Parameters<typeof caseOf>[0],
  saving: Saving,
): Promise<string | undefined> {
  if (draft.title === '' || draft.resolution === '') return 'It needs what fixed it: press Edit.';
  const owner = (await savedCase(transaction, incident))?.past.owner ?? saving.person.name;
  await keepCase(transaction, incident, caseOf(draft, owner), saving);
  return undefined;
}
