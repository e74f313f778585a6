import { mayUnmerge } from '#domain/case-merge/may-merge.ts';
import type { UnmergeRefusal } from '#domain/case-merge/merge-refusal.ts';
import { type PostId, readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { solutionTitle } from '#domain/solution.ts';
import { unmergedCaseCard, unmergeRefusal } from '#domain/wording/merge-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { unmergeCase } from './unmerge-case.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/** "Undo the merge" on the card of a merged case. */
export function createPressUnmerge(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await unmerge(needs, transaction, intent, person);
      if (refusal === undefined) return;
      const told = notice(unmergeRefusal(refusal));
      await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, told);
    });
}

/** Why nothing was put back; undefined when it was. */
async function unmerge(
  { settings }: Needs,
  transaction: Transaction,
  { action, place }: ButtonPressed,
  person: Person,
): Promise<UnmergeRefusal | undefined> {
  const id = readId<VersionId>(action.id);
  const version = id && (await transaction.solutions.version(id));
  const looking = { role: person.role, channel: place.channel };
  // What somebody is not shown here is not there for them.
  if (!version || !(await sees(settings, transaction, looking, version.slug))) return 'gone';
  const owned = await transaction.visibility.of(version.slug);
  if (!owned || (await transaction.merges.into(version.slug)) === undefined) return 'gone';
  if (!mayUnmerge(person, owned)) return 'not-theirs';
  const done = await unmergeCase(transaction, { slug: version.slug, by: person.externalId });
  if (done.kind === 'refused') return done.why === 'replaced' ? 'replaced' : 'gone';
  // The card of a version has its id. Of what was edited since, the card of that edit tells how it is now.
  if (done.versionId !== id)
    await transaction.outbox.revise(
      String(id) as PostId,
      unmergedCaseCard(solutionTitle(version), person),
      'answer',
    );
  return undefined;
}
