import { mayMerge } from '#domain/case-merge/may-merge.ts';
import type { MergeRefusal } from '#domain/case-merge/merge-refusal.ts';
import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { mergeRefusal } from '#domain/wording/merge-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { type CaseInForce, mergeCases } from './merge-cases.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/** "Merge into …" on the card of a saved case. */
export function createPressMerge(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await merge(needs, transaction, intent, person);
      if (refusal !== undefined)
        await transaction.outbox.notify(
          needs.ids.next(),
          intent.place,
          person.externalId,
          notice(mergeRefusal(refusal)),
        );
    });
}

/** Why nothing was merged; undefined when it was. */
async function merge(
  { settings }: Needs,
  transaction: Transaction,
  { action, place }: ButtonPressed,
  person: Person,
): Promise<MergeRefusal | undefined> {
  const [from, into] = action.id.split('/').map((id) => readId<VersionId>(id));
  const version = from && (await transaction.solutions.version(from));
  const target = into && (await transaction.solutions.version(into));
  if (!from || version?.state !== 'active') return 'gone';
  if (!target) return 'target-gone';
  const done = await mergeCases(transaction, {
    ...{ from: version.slug, into: target.slug, by: person },
    refuse: async (one, other) =>
      one.versionId === from ? refuse(settings, transaction, { person, place, one, other }) : 'gone',
  });
  return done.kind === 'refused' ? done.why : undefined;
}

interface Asked extends Pick<ButtonPressed, 'place'> {
  readonly person: Person;
  readonly one: CaseInForce;
  readonly other: CaseInForce;
}

/** What somebody is not shown here is not there for them. */
async function refuse(
  settings: Pick<Core['settings'], 'policy'>,
  transaction: Transaction,
  { person, place, one, other }: Asked,
): Promise<MergeRefusal | undefined> {
  const looking = { role: person.role, channel: place.channel };
  if (!(await sees(settings, transaction, looking, one.slug))) return 'gone';
  if (!(await sees(settings, transaction, looking, other.slug))) return 'target-gone';
  const [from, into] = [
    await transaction.visibility.of(one.slug),
    await transaction.visibility.of(other.slug),
  ];
  if (!from) return 'gone';
  if (!into) return 'target-gone';
  const answer = mayMerge(person, from, into);
  return answer === 'allowed' ? undefined : answer;
}
