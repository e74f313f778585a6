import type { AlertIncidentId } from '#domain/ids.ts';
import { mostTickets, type TicketOffer, type TicketRequest, ticketOffers } from '#domain/ticket/ticket.ts';
import type { ShownTicketRequest, TicketsView } from '#domain/wording/ticket-blocks.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'tickets'>;

const shown = 5;

/** What can be asked for the alerts of an incident now; with more tickets than may be asked for at once, one more. */
export async function offersOf(
  { tickets }: Needs,
  { alertTickets }: Transaction,
  incident: AlertIncidentId,
): Promise<readonly TicketOffer[]> {
  if (tickets.length === 0) return [];
  const sources = tickets.map(({ source }) => source);
  return ticketOffers(tickets, await alertTickets.alertsOf(incident, sources, mostTickets + 1));
}

/** What the card of an incident tells of its tickets. */
export async function viewTickets(
  needs: Needs,
  transaction: Transaction,
  incident: AlertIncidentId,
): Promise<TicketsView> {
  if (needs.tickets.length === 0) return { offers: [], requests: [] };
  const requests: ShownTicketRequest[] = [];
  for (const request of await transaction.alertTickets.ofIncident(incident, shown))
    requests.push(await showRequest(needs, transaction, request));
  return { offers: await offersOf(needs, transaction, incident), requests };
}

/** A request with who asked, and what its system is called. */
export async function showRequest(
  { tickets }: Needs,
  { people }: Transaction,
  request: TicketRequest,
): Promise<ShownTicketRequest> {
  const system = tickets.find(({ source }) => source === request.source)?.name ?? request.source;
  const person = request.by && ((await people.find(request.by))?.name ?? 'somebody');
  return { ...request, system, person };
}
