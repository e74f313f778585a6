import { type AlertIncidentId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import { headName } from '#domain/wording/alert-notes.ts';
import { notice } from '#domain/wording/notices.ts';
import {
  isTicketForm,
  type ReadTicketForm,
  readTicketForm,
  ticketForm,
} from '#domain/wording/ticket-form.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { NewTicketRequest } from '#ports/stores/alert-ticket-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { alertsGone, redrawAlertCard } from './judge-alerts.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import { offersOf } from './view-tickets.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings' | 'tickets' | 'redact'>;

const needsRole = 'To ask something of a ticket needs the role responder or higher.';

/** "Ticket": the form that asks what the systems that the alerts came from are to be told. */
export const openTicketForm: OpenForm = async (needs, transaction, { intent, person }) => {
  const incident = await incidentOf(transaction, intent.action.id);
  if (!incident || !hasRole(person.role, 'responder')) return undefined;
  const offers = await offersOf(needs, transaction, incident.id);
  if (offers.length === 0) return undefined;
  const name = headName(await transaction.alerts.tally(incident.id, false));
  const { longestSnoozeMs: longestMs } = needs.settings.alerts;
  return { kind: 'form', form: ticketForm(incident.id, name, { offers, longestMs }) };
};

export const checkTicketForm: CheckForm = async (transaction, { id, values }, needs) => {
  const incident = await incidentOf(transaction, id);
  if (!incident) return {};
  const read = await readForm(needs, transaction, incident, values);
  return isTicketForm(read) ? {} : read;
};

/** Keeps what a person asks of the systems that alerts came from; it is done by `perform-tickets.ts`. */
export function createAskTickets(needs: Needs) {
  const { unitOfWork, ids } = needs;
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const values = intent.kind === 'form-submitted' ? intent.values : {};
      const refusal = await ask(needs, transaction, { id: intent.action.id, values, person });
      if (refusal)
        await transaction.outbox.notify(ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was kept, as a sentence; undefined when it was. */
async function ask(
  needs: Needs,
  transaction: Transaction,
  asked: { readonly id: string; readonly values: FormValues; readonly person: Person },
): Promise<string | undefined> {
  const { person, values } = asked;
  const incident = await incidentOf(transaction, asked.id);
  if (!incident) return alertsGone;
  if (!hasRole(person.role, 'responder')) return needsRole;
  const read = await readForm(needs, transaction, incident, values);
  if (!isTicketForm(read)) return Object.values(read)[0] ?? alertsGone;
  const note = needs.redact(read.note);
  const requests = requestsFor(needs, incident, { ...read, note }, person);
  if ((await transaction.alertTickets.ask(requests)) === 0)
    return 'That was asked for already and is being done.';
  const { action, source, tickets } = read.offer;
  const details = { alerts: incident.id, action, source, tickets: tickets.map(({ key }) => key) };
  await transaction.audit.append({ actor: person.externalId, event: 'tickets.asked', details });
  await redrawAlertCard(needs, transaction, incident);
  return undefined;
}

/** What is said beside an action is a comment of its own, before the ticket may be closed to it. */
function requestsFor(
  { tickets: systems }: Needs,
  { id }: AlertIncident,
  { offer, note, forMs }: ReadTicketForm,
  person: Person,
): readonly NewTicketRequest[] {
  const { source, action } = offer;
  const asked = { incident: id, source, by: person.id };
  const said = note === '' ? '' : `${person.name}: ${note}`;
  const canComment = systems.find((system) => system.source === source)?.actions.comment !== undefined;
  const isSaid = action !== 'comment' && said !== '' && canComment;
  return offer.tickets.flatMap((ticket): NewTicketRequest[] => [
    ...(isSaid ? [{ ...asked, ticket, action: 'comment' as const, note: said, forMs: null }] : []),
    { ...asked, ticket, action, note: isSaid || said === '' ? askedText(person) : said, forMs },
  ]);
}

const askedText = ({ name }: Person): string => `${name}, from the chat`;

async function incidentOf({ alerts }: Transaction, text: string): Promise<AlertIncident | undefined> {
  const id = readId<AlertIncidentId>(text);
  return id ? (await alerts.incidents([id]))[0] : undefined;
}

const readForm = async (
  needs: Pick<Core, 'settings' | 'tickets'>,
  transaction: Transaction,
  { id }: AlertIncident,
  values: FormValues,
) => readTicketForm(values, await offersOf(needs, transaction, id), needs.settings.alerts.longestSnoozeMs);
