import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { solutionTitle } from '#domain/solution.ts';
import { notice } from '#domain/wording/notices.ts';
import { settledSuggestionCard } from '#domain/wording/owners-cards.ts';
import type { SettledSuggestion } from '#ports/stores/suggestion-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';

/** Closes the card that suggested a runbook of this case, where one is open; false where none is. */
export async function settleSuggestion(
  { suggestions, outbox, people }: Pick<Transaction, 'suggestions' | 'outbox' | 'people'>,
  { slug, title, by }: { readonly slug: string; readonly title: string; readonly by: string },
  became: SettledSuggestion,
): Promise<boolean> {
  const postId = await suggestions.settle(slug, became, by);
  if (!postId) return false;
  const name = (await people.names([by])).get(by);
  const who = name === undefined ? null : { externalId: by, name };
  await outbox.revise(postId, settledSuggestionCard(title, became, who), 'answer');
  return true;
}

/** "Not of this one": no runbook of this case is suggested again. */
export function createDismissSuggestion({
  unitOfWork,
  ids,
  settings,
}: Pick<Core, 'unitOfWork' | 'ids' | 'settings'>) {
  return (intent: ButtonPressed): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await dismiss({ settings }, transaction, intent, person);
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was dismissed, as a sentence; undefined when it was. */
async function dismiss(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  { action, place: { channel } }: ButtonPressed,
  { role, externalId: by }: Person,
): Promise<string | undefined> {
  const id = readId<VersionId>(action.id);
  const version = id && (await transaction.solutions.version(id));
  if (!version || !(await sees(settings, transaction, { role, channel }, version.slug))) return gone;
  if (!hasRole(role, 'responder')) return 'This needs the role responder or higher.';
  const { slug, solutionId } = version;
  if (!(await settleSuggestion(transaction, { slug, title: solutionTitle(version), by }, 'dismissed')))
    return gone;
  await transaction.audit.append({
    actor: by,
    event: 'suggestion.dismissed',
    details: { case: slug, solution: solutionId },
  });
  return undefined;
}

const gone = 'Somebody has decided about this suggestion already.';
