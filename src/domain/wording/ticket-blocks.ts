import type { Block, Line, Reply } from '../reply.ts';
import type { TicketAction, TicketOffer, TicketRequest } from '../ticket/ticket.ts';
import { formatTime, oneLine } from './format.ts';

/** What was asked, with who asked and how the system is called. */
export type ShownTicketRequest = Pick<
  TicketRequest,
  'ticket' | 'action' | 'state' | 'reason' | 'askedAt' | 'settledAt'
> & {
  readonly system: string;
  /** Null for the policy. */
  readonly person: string | null;
};

export interface TicketsView {
  readonly offers: readonly TicketOffer[];
  /** The newest first. */
  readonly requests: readonly ShownTicketRequest[];
}

/** Which tickets an incident has, what can be asked of them, and what became of what was asked. */
export function ticketBlocks({ offers, requests }: TicketsView): readonly Block[] {
  if (offers.length + requests.length === 0) return [];
  const bySystem = [...Map.groupBy(offers, ({ system }) => system)];
  return [
    { kind: 'text', line: [{ kind: 'bold', text: 'Tickets' }] },
    { kind: 'list', items: [...bySystem.map(offerLine), ...requests.map(requestLine)] },
  ];
}

function offerLine([system, offers]: readonly [string, readonly TicketOffer[]]): Line {
  const tickets = Map.groupBy(
    offers.flatMap((offer) => offer.tickets),
    ({ key }) => key,
  );
  const [[first] = []] = [...tickets.values()];
  const named =
    tickets.size === 1 && first
      ? `${system} ${oneLine(first.name, 60)}`
      : `${system}, ${tickets.size} alerts`;
  return [
    { kind: 'bold', text: named },
    `: with Ticket you can ${offers.map(({ action }) => action).join(', ')}`,
  ];
}

/** Why nothing had to be done: somebody did it there, or the answer to an earlier try was lost. */
export const settledBefore = 'it was so already';

const done = {
  acknowledge: 'acknowledged',
  comment: 'commented',
  resolve: 'resolved',
  escalate: 'escalated',
  silence: 'silenced',
} as const satisfies Record<TicketAction, string>;

function requestLine(request: ShownTicketRequest): Line {
  const { system, ticket, person, askedAt, settledAt, action, state, reason } = request;
  const asked = `asked by ${person ?? 'the policy'} ${formatTime(askedAt)}`;
  const head = `${system} ${oneLine(ticket.name, 60)}: `;
  if (state === 'done') {
    const how = reason === '' ? '' : ` (${reason})`;
    return [head, `${done[action]} ${formatTime(settledAt ?? askedAt)}${how}, ${asked}`];
  }
  return [head, `${wordOf(request)}, ${asked}`];
}

function wordOf({ action, state, reason }: ShownTicketRequest): string {
  const why = reason === '' ? '' : `: ${oneLine(reason, 200)}`;
  switch (state) {
    case 'waiting':
      return `${action} waits${why}`;
    case 'refused':
      return `${action} refused${why}`;
    case 'unknown':
      return `${action} may have been done or not${why}`;
    default:
      return `${action} given up${why}`;
  }
}

/** Tells the thread what was not done, because nobody is told of a card that changed. */
export function ticketFailedNote(request: ShownTicketRequest): Reply {
  const { system, ticket, person } = request;
  const asked = `asked by ${person ?? 'the policy'}`;
  const summary = `${system} ${oneLine(ticket.name, 60)}, ${asked}: ${wordOf(request)}`;
  const advice =
    request.state === 'unknown'
      ? `Look in ${system} before you ask again.`
      : `Ask again on the card, or do it in ${system} itself.`;
  return {
    summary,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [`${summary}.`] },
      { kind: 'note', line: [advice] },
    ],
  };
}
