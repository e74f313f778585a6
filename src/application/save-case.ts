import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import { caseForm, caseOf, caseProblems, readCase } from '#domain/wording/case-form.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { draftCase, draftOf, savedCase } from './draft-case.ts';
import type { Told } from './hear-thread.ts';
import { keepCase } from './keep-case.ts';
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
  const waiting = incident && (await transaction.captures.waiting(incident.id));
  if (waiting) return { kind: 'form', form: caseForm(thread, waiting.draft) };
  const messages = typeof told === 'string' ? [] : told.messages;
  const { draft } = await draftCase(needs, transaction, { incident, messages });
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
  await keepCase(transaction, incident, saved, person);
  // Nobody had told of it here, and what is saved is what fixed it.
  if (incident.isNew) await transaction.incidents.setState(incident.id, 'resolved');
}
