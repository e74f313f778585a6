import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { caseOrigin } from '#domain/review/review.ts';
import { neededApproval } from '#domain/runbook/needed-approval.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { RunbookTexts } from '#domain/runbook-form/restore-parts.ts';
import { partsOf } from '#domain/runbook-form/runbook-parts.ts';
import { solutionTitle } from '#domain/solution.ts';
import { notice } from '#domain/wording/notices.ts';
import { runbookForm } from '#domain/wording/runbook-form.ts';
import { audienceText } from '#domain/wording/visibility-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { draftRunbook } from './draft-runbook.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import { proposeRunbook, proposeVersion } from './propose-runbook.ts';
import { readRunbookForm } from './read-runbook-form.ts';

type Needs = Pick<Core, 'commandParser' | 'runbookParser' | 'redact'>;

/** What a form is filled with, and what its runbook becomes: the runbook of a case, or the next version of `slug`. */
interface Drafted {
  readonly runbook: Runbook;
  readonly texts: RunbookTexts;
  readonly made:
    | { readonly kind: 'from-case'; readonly caseSlug: string; readonly slug: string | undefined }
    | {
        readonly kind: 'next-version';
        readonly slug: string;
        readonly origin: string;
        readonly parent: VersionId;
      };
}

/** "Make a runbook" of a case, or "New version" of a runbook: the form with what is known. */
export const openRunbookForm: OpenForm = async (needs, transaction, { intent, person }) => {
  const drafted = await draftSeen(needs, transaction, intent, person);
  if (!drafted) return undefined;
  const { slug } = drafted.made;
  const waits = slug !== undefined && (await transaction.reviews.named(slug)).length > 0;
  const approval = neededApproval(drafted.runbook, needs.commandParser.parse);
  const id = intent.action.id as VersionId;
  const shownTo = await narrowerThanAll(transaction, drafted.made, intent.place.channel);
  return { kind: 'form', form: runbookForm(id, drafted.texts, { approval, waits, shownTo }) };
};

/** For whom it will be, as its case or as it is; null where that is everybody. */
async function narrowerThanAll(
  { visibility }: Pick<Transaction, 'visibility'>,
  made: Drafted['made'],
  here: string,
): Promise<string | null> {
  const shown = await visibility.of(made.slug ?? (made.kind === 'from-case' ? made.caseSlug : ''));
  return !shown || shown.visibility === 'workspace' ? null : audienceText(shown, here);
}

export const checkRunbookForm: CheckForm = async (transaction, { id, values }, needs) => {
  const drafted = await draft(needs, transaction, readId<VersionId>(id));
  // What is gone is told to whoever sent the form, and so is who may not.
  if (!drafted) return {};
  const read = readRunbookForm(needs, values, drafted);
  return read.kind === 'wrong' ? read.errors : {};
};

/** Puts what a responder filled in into review. It is in force only when an approver says so. */
export function createMakeRunbook(needs: Needs & Pick<Core, 'unitOfWork' | 'ids' | 'settings'>) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const told = await make(needs, transaction, intent, person);
      await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(told));
    });
}

async function make(
  needs: Needs & Pick<Core, 'ids' | 'settings'>,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
  { externalId: author, ...person }: Person,
): Promise<string> {
  const drafted = await draftSeen(needs, transaction, intent, person);
  if (!drafted || intent.kind === 'button-pressed') return mayNot;
  const read = readRunbookForm(needs, intent.values, drafted);
  if (read.kind === 'wrong') return changedMeanwhile;
  const { runbook, text } = read;
  const { made } = drafted;
  const proposed =
    made.kind === 'from-case'
      ? await proposeRunbook(needs, transaction, {
          ...{ caseSlug: made.caseSlug, runbook, text, author, place: intent.place },
        })
      : await proposeVersion(needs, transaction, {
          ...{ ...made, content: { kind: 'runbook', runbook }, text, author, place: intent.place },
          why: 'Somebody changed it by hand.',
        });
  return `${solutionTitle({ content: { kind: 'runbook', runbook } })} waits for a review as ${proposed.slug}.`;
}

const mayNot =
  'This is gone, or another version counts by now, or making a runbook needs the role responder or higher.';
const changedMeanwhile = 'What this was made from has changed meanwhile. Open the form again.';

/** As `draft`, for somebody who may make a runbook and may see here what it is made from. */
async function draftSeen(
  needs: Needs & Pick<Core, 'settings'>,
  transaction: Transaction,
  { action, place: { channel } }: ButtonPressed | FormSubmitted,
  { role }: Pick<Person, 'role'>,
): Promise<Drafted | undefined> {
  const drafted = hasRole(role, 'responder')
    ? await draft(needs, transaction, readId<VersionId>(action.id))
    : undefined;
  if (!drafted) return undefined;
  const { made } = drafted;
  const slugs = made.kind === 'from-case' ? [made.caseSlug, made.slug] : [made.slug];
  for (const slug of slugs)
    if (slug !== undefined && !(await sees(needs.settings, transaction, { role, channel }, slug)))
      return undefined;
  return drafted;
}

/** Of a case its newest version counts; of a runbook the one named, which must be in force. */
async function draft(
  needs: Needs,
  transaction: Transaction,
  id: VersionId | undefined,
): Promise<Drafted | undefined> {
  const { solutions } = transaction;
  const version = id && (await solutions.version(id));
  if (!id || !version) return undefined;
  const { slug, origin, content, state } = version;
  if (content.kind === 'case') {
    const drafted = await draftRunbook(needs, transaction, slug);
    if (!drafted) return undefined;
    const made = await solutions.ofOrigin(caseOrigin(slug));
    return filled(needs, drafted.runbook, { kind: 'from-case', caseSlug: slug, slug: made?.slug });
  }
  if (state !== 'active' && state !== 'deprecated') return undefined;
  return filled(needs, content.runbook, { kind: 'next-version', slug, origin, parent: id });
}

/** Masked before it is cut to what a field holds: what comes back is put together again from the same text. */
function filled({ redact }: Pick<Needs, 'redact'>, runbook: Runbook, made: Drafted['made']): Drafted {
  const entries = Object.entries(partsOf(runbook)).map(([part, text]) => [part, redact(text)]);
  return { runbook, texts: Object.fromEntries(entries) as RunbookTexts, made };
}
