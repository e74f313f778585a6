import { canonicalJson } from '#domain/canonical-json.ts';
import type { PostId, VersionId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { caseOrigin } from '#domain/review/review.ts';
import { type Case, solutionTitle } from '#domain/solution.ts';
import { caseForm, caseOf, caseProblems, readCase } from '#domain/wording/case-form.ts';
import { notice } from '#domain/wording/notices.ts';
import { replacedCaseCard, savedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { caseSlug, draftCase, draftOf, savedCase } from './draft-case.ts';
import type { Told } from './hear-thread.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids'>;

/** "Save as case": the form with what the thread tells, also of one that the bot had no part in. */
export const openCaseForm: OpenForm = async (needs, transaction, { intent, person, told = 'unread' }) => {
  if (!hasRole(person.role, 'responder')) return undefined;
  const thread = intent.action.id;
  const incident = await transaction.incidents.inThread(intent.place.channel, thread);
  const saved = incident && (await savedCase(transaction, incident));
  if (saved) return { kind: 'form', form: caseForm(thread, draftOf(saved)) };
  const messages = typeof told === 'string' ? [] : told.messages;
  const draft = await draftCase(needs, transaction, { incident, messages });
  return { kind: 'form', form: caseForm(thread, draft, noteOf(told)) };
};

/** What is missing in the form. */
function noteOf(told: Told): string {
  if (told === 'unread')
    return 'The thread could not be read in time, so only what Recourse ran and heard is filled in.';
  return typeof told === 'string' || told.isWhole ? '' : 'The thread is long: not all of it was read.';
}

export const checkCaseForm: CheckForm = async (_, { values }) => caseProblems(values);

/** Keeps what a responder wrote as a past case, in force at once, and says so in its thread. */
export function createSaveCase(needs: Needs) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const mayNot =
        !hasRole(person.role, 'responder') || intent.kind === 'button-pressed' || isIncomplete(intent);
      const text = 'Saving a case needs the role responder or higher, a title and what fixed it.';
      if (mayNot)
        return transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      await save(transaction, intent, person);
    });
}

const isIncomplete = ({ values }: FormSubmitted): boolean => Object.keys(caseProblems(values)).length > 0;

async function save(transaction: Transaction, intent: FormSubmitted, person: Person): Promise<void> {
  const draft = readCase(intent.values, {});
  const incident = await transaction.incidents.open({
    channel: intent.place.channel,
    thread: intent.action.id,
    problem: draft.symptoms || draft.title,
    context: {},
    openedBy: person.id,
  });
  const saved = caseOf(readCase(intent.values, incident.context), person.name);
  const kept = await putCase(transaction, incident, saved, person);
  if (kept.change === 'unchanged') return;
  // Nobody had told of it here, and what is saved is what fixed it.
  if (incident.isNew) await transaction.incidents.setState(incident.id, 'resolved');
  await transaction.audit.append({
    actor: person.externalId,
    event: 'case.saved',
    details: { incident: incident.id, change: kept.change, replacedBy: kept.replacedBy?.slug ?? null },
  });
  // The card of a version has its id, so that whoever discards the version can close the card.
  const about = { thread: incident.thread, version: kept.versionId };
  const card = kept.replacedBy
    ? replacedCaseCard(saved, person, { ...about, runbook: kept.replacedBy })
    : savedCaseCard(saved, person, about);
  await transaction.outbox.post(String(kept.versionId) as PostId, incident, card, 'answer');
}

type Kept =
  | { readonly change: 'unchanged' }
  | {
      readonly change: 'created' | 'updated';
      readonly versionId: VersionId;
      /** The runbook in force that was made from the case and is shown in its place. */
      readonly replacedBy: Replacing | undefined;
    };

async function putCase(
  transaction: Transaction,
  incident: Incident,
  saved: Case,
  { externalId }: Person,
): Promise<Kept> {
  const { solutions, searchIndex, versions } = transaction;
  const slug = caseSlug(incident);
  const replacedBy = await findReplacing(transaction, slug);
  if (replacedBy && (await isLast(transaction, slug, saved))) return { change: 'unchanged' };
  const text = JSON.stringify(saved, null, 2);
  const content = { kind: 'case', case: saved } as const;
  const origin = `${incident.channel}/${incident.thread}`;
  const [stored] = await solutions.putAll([
    { slug, content, text, origin, author: externalId, source: 'human' },
  ]);
  const kept = stored && (await solutions.find(stored.id));
  if (!kept || stored.change === 'unchanged') return { change: 'unchanged' };
  if (replacedBy)
    await versions.restate(kept.id, kept.version, { state: 'superseded', reason: reasonOf(replacedBy) });
  else await searchIndex.put([{ id: kept.id, content }]);
  return { change: stored.change, versionId: kept.versionId, replacedBy };
}

interface Replacing {
  readonly slug: string;
  readonly title: string;
}

const reasonOf = ({ slug }: Replacing): string => `the runbook ${slug} was made from it`;

/** The runbook in force that was made from a case. Whoever approves one right now is waited for. */
async function findReplacing(transaction: Transaction, slug: string): Promise<Replacing | undefined> {
  const { solutions, searchIndex } = transaction;
  const past = await solutions.last(slug);
  if (!past || !(await solutions.ofOrigin(caseOrigin(slug)))) return undefined;
  // Who writes to the index, be it what stands there, holds it until their transaction ends.
  await (past.state === 'active' ? searchIndex.put([past]) : searchIndex.remove([past.id]));
  const made = await solutions.ofOrigin(caseOrigin(slug));
  const version = made?.versionId ? await solutions.version(made.versionId) : undefined;
  return version?.state === 'active' ? { slug: version.slug, title: solutionTitle(version) } : undefined;
}

async function isLast({ solutions }: Transaction, slug: string, saved: Case): Promise<boolean> {
  const last = await solutions.last(slug);
  return last?.content.kind === 'case' && canonicalJson(last.content.case) === canonicalJson(saved);
}
