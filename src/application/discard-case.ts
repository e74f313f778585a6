import { type PostId, readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import { discardedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { releaseMerged } from './unmerge-case.ts';

/** "Discard" on a case that was saved by mistake: it is out of force and out of the search at once. */
export function createDiscardCase({ unitOfWork, ids }: Pick<Core, 'unitOfWork' | 'ids'>) {
  return (intent: ButtonPressed): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await discard(transaction, readId<VersionId>(intent.action.id), person);
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was discarded, as a sentence; undefined when it was. */
async function discard(
  transaction: Transaction,
  id: VersionId | undefined,
  person: Person,
): Promise<string | undefined> {
  const version = id && (await transaction.solutions.version(id));
  if (!id || version?.content.kind !== 'case') return gone;
  if (!mayDiscard(person, version)) return roleNeeded;
  const solution = await transaction.solutions.retire(id, `discarded by ${person.externalId}`);
  if (!solution) return gone;
  await transaction.searchIndex.remove([solution]);
  const broughtBack = await releaseMerged(transaction, version.slug, person.externalId);
  await transaction.audit.append({
    actor: person.externalId,
    event: 'case.discarded',
    details: { solution, version: id, broughtBack },
  });
  const card = discardedCaseCard(version.content.case.title, person, broughtBack.length);
  // The card of a version has its id.
  await transaction.outbox.revise(String(id) as PostId, card, 'answer');
}

const gone = 'This case was edited or discarded meanwhile. The newest card about it in this thread counts.';
const roleNeeded = 'A case is discarded by whoever saved it, or by an approver.';

function mayDiscard({ externalId, role }: Person, { author }: SolutionVersion): boolean {
  return hasRole(role, 'approver') || (hasRole(role, 'responder') && author === externalId);
}
