import type { Alert, AlertSource } from '#domain/alert/alert.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { TicketRequest, TicketState } from '#domain/ticket/ticket.ts';

export type NewTicketRequest = Pick<
  TicketRequest,
  'incident' | 'source' | 'ticket' | 'action' | 'note' | 'forMs' | 'by'
>;

/** A request that is this process's to do, until its lease is over. */
export interface ClaimedTicketRequest extends TicketRequest {
  /** Somebody began with it before and did not say what became of it. */
  readonly isInterrupted: boolean;
}

/** `overAt` is milliseconds since the epoch, null while none is over. */
export interface OtherAlerts {
  readonly open: number;
  readonly over: number;
  readonly overAt: number | null;
}

/** What was asked of the systems that alerts come from. */
export interface AlertTicketStore {
  /** The alerts of an incident that name a ticket of one of these systems, what goes on first. */
  alertsOf(
    incident: AlertIncidentId,
    sources: readonly AlertSource[],
    limit: number,
  ): Promise<readonly Alert[]>;
  /** Its alerts that are of none of these systems: how many go on, how many are over, and when the last of those was. */
  others(incident: AlertIncidentId, sources: readonly AlertSource[]): Promise<OtherAlerts>;
  /** Keeps what is asked. What waits already is not asked again; a comment always is. Tells how many are new. */
  ask(requests: readonly NewTicketRequest[]): Promise<number>;
  /** What was asked for an incident, the newest first. */
  ofIncident(incident: AlertIncidentId, limit: number): Promise<readonly TicketRequest[]>;
  /** Takes up to `limit` that are due, the oldest first, on database time. Of two that ask at once, one gets each. */
  claim(limit: number, leaseMs: number): Promise<readonly ClaimedTicketRequest[]>;
  /**
   * Notes what became of an attempt and tells the incident that it belongs to by now; undefined when another attempt was
   * begun meanwhile, and nothing is changed.
   */
  settle(
    attempt: Pick<TicketRequest, 'id' | 'attempts'>,
    ended: { readonly state: Exclude<TicketState, 'waiting'>; readonly reason: string },
  ): Promise<AlertIncidentId | undefined>;
  /** It is to be tried again so many milliseconds from now; `reason` is shown meanwhile. */
  postpone(
    attempt: Pick<TicketRequest, 'id' | 'attempts'>,
    later: { readonly inMs: number; readonly reason: string },
  ): Promise<AlertIncidentId | undefined>;
  /** What the policy asked for an incident and nobody has begun with is refused, for this reason; true when there was any. */
  withdraw(incident: AlertIncidentId, reason: string): Promise<boolean>;
}
