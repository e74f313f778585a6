import type { Incident } from '#domain/incident.ts';
import type { ButtonPressed, FormSubmitted, Place } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { choosable, defaultVisibility } from '#domain/visibility/visibility.ts';
import {
  type CaseDraft,
  type ChosenVisibility,
  caseForm,
  caseOf,
  caseProblems,
  caseRoom,
  chosenVisibility,
  nextVersionNote,
  readCase,
  readOwner,
  staleCaseSentence,
  unreadSinceNote,
} from '#domain/wording/case-form.ts';
import { fitForm, restoreForm } from '#domain/wording/fit-form.ts';
import { notice } from '#domain/wording/notices.ts';
import { notYours, runbookOfCaseSentence, visibilityProblem } from '#domain/wording/visibility-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { caseSlug, draftCase, draftOf, savedCase } from './draft-case.ts';
import { draftNext, type NextVersion } from './draft-next.ts';
import type { Told } from './hear-thread.ts';
import { readSavingPlace } from './keep-audience.ts';
import { keepCase } from './keep-case.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { createOfferMerge, type OfferNeeds } from './offer-merge.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids'> & OfferNeeds;

/** "Save as case": the form with what the thread tells, also of one that the bot had no part in. */
export const openCaseForm: OpenForm = async (needs, transaction, { intent, person, told = 'unread' }) => {
  if (!hasRole(person.role, 'responder')) return undefined;
  const thread = intent.action.id;
  const incident = await transaction.incidents.inThread(intent.place.channel, thread);
  const saved = incident && (await savedCase(transaction, incident));
  const audience = await choiceOf(transaction, intent.place, incident);
  const owner = saved?.past.owner ?? person.name;
  const formOf = (draft: CaseDraft, note = '') => {
    const form = caseForm(thread, { ...draft, owner }, audience, note);
    // What has no room is put back from what was saved: of a first draft there is nothing to put back.
    return { kind: 'form', form: saved ? fitForm(form, caseRoom) : form } as const;
  };
  const waiting = incident && (await transaction.captures.waiting(incident.id));
  if (waiting) return formOf(waiting.draft);
  const messages = typeof told === 'string' ? [] : told.messages;
  if (saved) {
    const next = await draftNext(needs, transaction, { incident, messages }, saved);
    return formOf(next?.draft ?? draftOf(saved.past), noteOfSaved(told, next));
  }
  const { draft } = await draftCase(needs, transaction, { incident, messages });
  return formOf(draft, noteOf(told));
};

/** For whom the case of an incident is, or would be where it is none yet. */
async function choiceOf(
  transaction: Pick<Transaction, 'channels' | 'visibility'>,
  place: Pick<Place, 'channel' | 'open'>,
  incident: Incident | undefined,
): Promise<ChosenVisibility> {
  const saving = await readSavingPlace(transaction, place);
  const shown = incident && (await transaction.visibility.of(caseSlug(incident)));
  const options = choosable(saving);
  return { chosen: shown?.visibility ?? defaultVisibility(saving), options };
}

/** What a saved case has in its form besides what was saved, or lacks. */
function noteOfSaved(told: Told, next: NextVersion | undefined): string {
  if (told === 'unread') return unreadSinceNote;
  return next ? nextVersionNote(next.isWhole) : '';
}

/** What is missing in the form. */
function noteOf(told: Told): string {
  if (told === 'unread')
    return 'The thread could not be read in time, so only what Recourse ran and heard is filled in.';
  return typeof told === 'string' || told.isWhole ? '' : 'The thread is long: not all of it was read.';
}

export const checkCaseForm: CheckForm = async (transaction, { id, values, channel }) => {
  const given = await restoreCase(transaction, { channel, thread: id }, values);
  const stale = given.stale.map((name) => [name, staleCaseSentence]);
  const { options } = await choiceOf(transaction, { channel }, undefined);
  const visibility = visibilityProblem(ownValue(values, 'visibility'), options);
  return {
    ...caseProblems(given.values),
    ...(visibility !== undefined && { visibility }),
    ...Object.fromEntries(stale),
  };
};

/** What was given for the case of a thread, with all of the case that is saved there for which its form had no room. */
async function restoreCase(
  transaction: Pick<Transaction, 'channels' | 'incidents' | 'solutions' | 'visibility'>,
  { channel, thread }: Pick<Incident, 'channel' | 'thread'>,
  values: FormValues,
): Promise<ReturnType<typeof restoreForm>> {
  const incident = await transaction.incidents.inThread(channel, thread);
  const saved = incident && (await savedCase(transaction, incident));
  if (!saved) return { values, stale: [] };
  const form = caseForm(thread, draftOf(saved.past), await choiceOf(transaction, { channel }, incident));
  return restoreForm(values, form, caseRoom);
}

/** Keeps what a responder wrote as a past case, in force at once, and says so in its thread. */
export function createSaveCase(needs: Needs) {
  const offerMerge = createOfferMerge(needs);
  return async (intent: ButtonPressed | FormSubmitted): Promise<void> => {
    await needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const told = await save(transaction, intent, person);
      if (told)
        await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(told));
    });
    await offerMerge(intent, ({ incidents }) => incidents.inThread(intent.place.channel, intent.action.id));
  };
}

const mayNot = 'Saving a case needs the role responder or higher, a title and what fixed it.';

/** What its author is to be told, as a sentence: why not all of it was saved, or what that did besides; undefined for nothing. */
async function save(
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
  person: Person,
): Promise<string | undefined> {
  if (!hasRole(person.role, 'responder') || intent.kind === 'button-pressed') return mayNot;
  const thread = { channel: intent.place.channel, thread: intent.action.id };
  const { values, stale } = await restoreCase(transaction, thread, intent.values);
  if (Object.keys(caseProblems(values)).length > 0) return mayNot;
  if (stale.length > 0) return staleCaseSentence;
  const draft = readCase(values, {});
  const incident = await transaction.incidents.open({
    ...thread,
    problem: draft.symptoms || draft.title,
    context: {},
    openedBy: person.id,
  });
  const saved = caseOf(readCase(values, incident.context), readOwner(values) || person.name);
  const chosen = chosenVisibility(values);
  const saving = { person, open: intent.place.open, chosen };
  const { audience, runbook } = await keepCase(transaction, incident, saved, saving);
  // Nobody had told of it here, and what is saved is what fixed it.
  if (incident.isNew) await transaction.incidents.setState(incident.id, 'resolved');
  if (runbook) return runbookOfCaseSentence(runbook, incident.channel);
  return chosen && audience && audience.visibility !== chosen ? notYours('case') : undefined;
}
