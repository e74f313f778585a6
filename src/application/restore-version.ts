import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { proposeVersion } from './propose-runbook.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/** "Propose version 2 again": a former version, as the next one, goes into review. */
export function createRestoreVersion(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const told = await restore(needs, transaction, intent, person);
      await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(told));
    });
}

async function restore(
  needs: Needs,
  transaction: Transaction,
  { action, place }: ButtonPressed,
  { role, externalId: author }: Person,
): Promise<string> {
  const { solutions, reviews } = transaction;
  const id = readId<VersionId>(action.id);
  const former = id && (await solutions.version(id));
  const { channel } = place;
  const isSeen = former && (await sees(needs.settings, transaction, { role, channel }, former.slug));
  if (!former || !isSeen) return 'This version is gone.';
  if (!hasRole(role, 'responder')) return 'This needs the role responder or higher.';
  await reviews.hold(former.solutionId);
  const inForce = await solutions.find(former.solutionId);
  if (former.state !== 'superseded' || !inForce) return 'No other version is in force in its place.';
  const { slug, origin, content, text, version } = former;
  if ((await reviews.named(slug)).some((waiting) => waiting.text === text))
    return `${slug} waits for a review with this text already.`;
  const why = `To be as version ${version} was, instead of version ${inForce.version}.`;
  await proposeVersion(needs, transaction, {
    ...{ slug, origin, content, text, author, why, place },
    parent: inForce.versionId,
  });
  return `Version ${version} of ${slug} waits for a review as its next version.`;
}
