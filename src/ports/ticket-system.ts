import type { TicketAbilities, TicketRequest } from '#domain/ticket/ticket.ts';

export interface TicketOrder extends Pick<TicketRequest, 'id' | 'ticket' | 'action' | 'note' | 'forMs'> {
  /** It was tried before, and nobody knows whether it was done. */
  readonly isRepeated: boolean;
}

/** A system that keeps the alerts or tickets that came from it, asked over the network: outside of transactions only. */
export interface TicketSystem extends TicketAbilities {
  /**
   * Resolves when the system took it. A Fault `rejected` says why it does not, in its words; `unavailable` may be tried
   * again, after `retryAfterMs` where it names a time, and with `undone` certainly did nothing.
   */
  act(order: TicketOrder, signal: AbortSignal): Promise<void>;
  /** Resolves when it can be reached and takes the key that it is asked with; a Fault says why not. Changes nothing. */
  check(signal: AbortSignal): Promise<void>;
}
