import type { Alert, AlertSource, AlertTicket } from '../alert/alert.ts';
import type { AlertIncidentId, PersonId, TicketRequestId } from '../ids.ts';

/** What people ask of the system that an alert came from, in the order in which it is offered. */
export const ticketActions = ['acknowledge', 'comment', 'resolve', 'escalate', 'silence'] as const;
export type TicketAction = (typeof ticketActions)[number];

/**
 * What becomes of what was asked:
 *   waiting ─> done      the system took it
 *           ─> refused   it said no, and why
 *           ─> unknown   it may have been done or not, and doing it again could do it twice
 *           ─> gave-up   it could not be reached for too long
 */
export type TicketState = 'waiting' | 'done' | 'refused' | 'unknown' | 'gave-up';

/** One action on one ticket. Times are milliseconds since the epoch. */
export interface TicketRequest {
  readonly id: TicketRequestId;
  readonly incident: AlertIncidentId;
  readonly source: AlertSource;
  readonly ticket: AlertTicket;
  readonly action: TicketAction;
  /** What is said there; empty for nothing. */
  readonly note: string;
  /** How long a silence lasts; null for anything else. */
  readonly forMs: number | null;
  /** Null when the policy asked. */
  readonly by: PersonId | null;
  readonly askedAt: number;
  readonly state: TicketState;
  /** Why it was not done, or what is to be said of how it was; mostly empty once it is done. */
  readonly reason: string;
  readonly settledAt: number | null;
  readonly attempts: number;
}

/** What is known of a system that can be asked. */
export interface TicketAbilities {
  readonly source: AlertSource;
  /** As people call it. */
  readonly name: string;
  /**
   * What it can be asked for. `repeatable`: asked twice has one effect. `once`: nobody can see whether it was done, so what
   * may have been done is never asked again.
   */
  readonly actions: Readonly<Partial<Record<TicketAction, 'repeatable' | 'once'>>>;
}

export interface TicketOffer {
  readonly source: AlertSource;
  readonly system: string;
  readonly action: TicketAction;
  readonly tickets: readonly AlertTicket[];
}

/** More tickets than these are not a matter of one click. */
export const mostTickets = 20;

/** What can be asked for the alerts of an incident: nothing of a ticket that is over but to say something there. */
export function ticketOffers(
  systems: readonly TicketAbilities[],
  alerts: readonly Alert[],
): readonly TicketOffer[] {
  return systems.flatMap(({ source, name, actions }) =>
    ticketActions.flatMap((action) => {
      if (actions[action] === undefined) return [];
      const tickets = alerts.flatMap((alert) =>
        alert.source === source && alert.ticket && isOpenTo(action, alert) ? [alert.ticket] : [],
      );
      return tickets.length === 0 ? [] : [{ source, system: name, action, tickets }];
    }),
  );
}

function isOpenTo(action: TicketAction, { state }: Alert): boolean {
  if (action === 'comment') return true;
  return action === 'acknowledge' ? state === 'firing' : state !== 'resolved';
}
