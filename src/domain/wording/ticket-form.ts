import type { AlertIncidentId } from '../ids.ts';
import type { Form, FormField, FormValues } from '../reply.ts';
import { mostTickets, type TicketOffer } from '../ticket/ticket.ts';
import { readSnooze, snoozeChoices } from './snooze-form.ts';

const longestNote = 2_000;

const verbs = {
  acknowledge: 'Acknowledge in',
  comment: 'Comment in',
  resolve: 'Resolve in',
  escalate: 'Escalate in',
  silence: 'Silence in',
} as const satisfies Record<TicketOffer['action'], string>;

/** How an offer is called, as in `Resolve in Jira`; each only once in a form. */
export const offerLabel = ({ action, system }: Pick<TicketOffer, 'action' | 'system'>): string =>
  `${verbs[action]} ${system}`;

/** Asks what the systems that an incident's alerts came from are to be told. */
export function ticketForm(
  id: AlertIncidentId,
  name: string,
  { offers, longestMs }: { readonly offers: readonly TicketOffer[]; readonly longestMs: number },
): Form {
  const options = offers.map(offerLabel);
  const canSilence = offers.some(({ action }) => action === 'silence');
  return {
    action: { verb: 'ticket', id },
    title: 'Ticket',
    intro: `${name}: what is asked here is done for all of its alerts that it fits. The card says what became of it.`,
    fields: [
      {
        name: 'what',
        label: 'What to do',
        hint: 'In the system that the alert came from.',
        initial: options[0] ?? '',
        required: true,
        kind: 'choice',
        options,
      },
      ...(canSilence ? [silenceField(longestMs)] : []),
      {
        name: 'note',
        label: 'What to say there',
        hint: 'Needed for a comment; with anything else it is added where that can be.',
        initial: '',
        required: false,
        kind: 'text',
        lines: 'many',
      },
    ],
    submitLabel: 'Ask for it',
  };
}

function silenceField(longestMs: number): FormField {
  const options = snoozeChoices(longestMs);
  return {
    name: 'for',
    label: 'For how long, of a silence',
    hint: 'Anything else takes no time.',
    initial: options[0] ?? '',
    required: false,
    kind: 'choice',
    options,
  };
}

export interface ReadTicketForm {
  readonly offer: TicketOffer;
  readonly note: string;
  readonly forMs: number | null;
}

/** What the values of the form ask for, or what is wrong with them, by field. */
export function readTicketForm(
  values: FormValues,
  offers: readonly TicketOffer[],
  longestMs: number,
): ReadTicketForm | Readonly<Record<string, string>> {
  const offer = offers.find((one) => offerLabel(one) === values.what);
  const note = (values.note ?? '').trim();
  const forMs = readSnooze(values.for, longestMs) ?? null;
  if (!offer) return { what: 'Choose one of those that are offered.' };
  if (offer.tickets.length > mostTickets)
    return { what: `That would be more than ${mostTickets} at once. Do it in ${offer.system} itself.` };
  if (note.length > longestNote) return { note: `Use at most ${longestNote} characters.` };
  if (offer.action === 'comment' && note === '') return { note: 'Write what is to be said.' };
  if (offer.action !== 'silence') return { offer, note, forMs: null };
  return forMs === null ? { for: 'Choose one of the times that are offered.' } : { offer, note, forMs };
}

export const isTicketForm = (
  read: ReadTicketForm | Readonly<Record<string, string>>,
): read is ReadTicketForm => typeof read.offer === 'object';
