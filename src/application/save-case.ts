import type { PostId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Case } from '#domain/solution.ts';
import { caseForm, caseProblems, readCase } from '#domain/wording/case-form.ts';
import { notice } from '#domain/wording/notices.ts';
import { savedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { caseSlug, draftCase } from './draft-case.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids'>;

/** "Save as case": the form with what is known of the thread, also of one that the bot had no part in. */
export const openCaseForm: OpenForm = async ({ redact }, transaction, { intent, person }) => {
  if (!hasRole(person.role, 'responder')) return undefined;
  const thread = intent.action.id;
  const incident = await transaction.incidents.inThread(intent.place.channel, thread);
  return { kind: 'form', form: caseForm(thread, await draftCase(transaction, incident, redact)) };
};

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
  const draft = readCase(intent.values);
  const incident = await transaction.incidents.open({
    channel: intent.place.channel,
    thread: intent.action.id,
    problem: draft.symptoms || draft.title,
    context: {},
    openedBy: person.id,
  });
  const saved: Case = { ...draft, owner: person.name, appliesTo: incident.context };
  const { change, version } = await putCase(transaction, incident, saved, person);
  if (change === 'unchanged') return;
  // Nobody had told of it here, and what is saved is what fixed it.
  if (incident.isNew) await transaction.incidents.setState(incident.id, 'resolved');
  await transaction.audit.append({
    actor: person.externalId,
    event: 'case.saved',
    details: { incident: incident.id, change },
  });
  // The card of a version has its id, so that whoever discards the version can close the card.
  const card = savedCaseCard(saved, person, { thread: incident.thread, version });
  await transaction.outbox.post(String(version) as PostId, incident, card, 'answer');
}

async function putCase(
  { solutions, searchIndex }: Transaction,
  incident: Incident,
  saved: Case,
  { externalId }: Person,
) {
  const content = { kind: 'case', case: saved } as const;
  const [stored] = await solutions.putAll([
    {
      slug: caseSlug(incident),
      content,
      text: JSON.stringify(saved, null, 2),
      origin: `${incident.channel}/${incident.thread}`,
      author: externalId,
      source: 'human',
    },
  ]);
  const kept = stored && (await solutions.find(stored.id));
  if (!kept || stored.change === 'unchanged') return { change: 'unchanged' } as const;
  await searchIndex.put([{ id: kept.id, content }]);
  return { change: stored.change, version: kept.versionId };
}
