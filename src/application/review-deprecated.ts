import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { decidedText } from '#domain/wording/decided-text.ts';
import { deprecatedForm, waitsNoMore } from '#domain/wording/deprecated-cards.ts';
import { notice } from '#domain/wording/notices.ts';
import { retireUnusedForm } from '#domain/wording/unused-cards.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { countingFor } from './counting-for.ts';
import { type DeprecatedDecision, decideDeprecated } from './decide-deprecated.ts';
import { decideUnused, findUnused } from './decide-unused.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

const decisionOf = ({ action }: ButtonPressed | FormSubmitted): DeprecatedDecision =>
  action.verb === 'revive' ? 'revived' : 'retired';

/** What waits under the id of a button, where this person may be shown it: deprecated, or to be retired and unused for long. */
async function findSeen(
  { settings }: Pick<Core, 'settings'>,
  transaction: Pick<Transaction, 'solutions' | 'visibility'>,
  { action, place: { channel } }: ButtonPressed | FormSubmitted,
  { role }: Pick<Person, 'role'>,
): Promise<(SolutionVersion & { readonly id: VersionId }) | undefined> {
  const id = readId<VersionId>(action.id);
  const version = id && (await transaction.solutions.version(id));
  if (!id || !version || !(await sees(settings, transaction, { role, channel }, version.slug)))
    return undefined;
  const isUnused = async () => (await findUnused({ settings }, transaction, version.slug))?.versionId === id;
  const waits = version.state === 'deprecated' || (action.verb === 'retire' && (await isUnused()));
  return waits ? { ...version, id } : undefined;
}

/** "Revive" and "Retire": the form for the words that go with it. Who may is asked when it comes back. */
export const openDeprecatedForm: OpenForm = async (needs, transaction, { intent, person }) => {
  const version = await findSeen(needs, transaction, intent, person);
  if (!version || !hasRole(person.role, 'responder')) return undefined;
  const merged = await countingFor(transaction, version.slug);
  const form =
    version.state === 'deprecated'
      ? deprecatedForm(version, decisionOf(intent), merged.length)
      : retireUnusedForm(version, merged.length);
  return { kind: 'form', form };
};

export const checkRetirement: CheckForm = async (_, { values }) =>
  (ownValue(values, 'notes') ?? '').trim() === '' ? { notes: 'Say why nobody needs it any more.' } : {};

/** A person's decision on what has stopped working, or is to be retired as nobody uses it. The role is asked here, in the transaction that decides. */
export function createReviewDeprecated(needs: Pick<Core, 'unitOfWork' | 'ids' | 'settings'>) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const told = await decide(needs, transaction, intent);
      const { externalId } = intent.speaker;
      await transaction.outbox.notify(needs.ids.next(), intent.place, externalId, notice(told));
    });
}

async function decide(
  needs: Pick<Core, 'settings'>,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
): Promise<string> {
  const person = await meetSpeaker(transaction, intent);
  const version = await findSeen(needs, transaction, intent, person);
  if (!version) return waitsNoMore;
  if (intent.kind === 'button-pressed') return 'This needs the role responder or higher.';
  const decision = decisionOf(intent);
  const notes = (ownValue(intent.values, 'notes') ?? '').trim();
  const { id } = version;
  const decided =
    version.state === 'deprecated'
      ? await decideDeprecated(needs, transaction, person, { id, decision, notes })
      : await decideUnused(needs, transaction, person, { id, decision: 'retired', notes });
  return decidedText(decided, decision);
}
