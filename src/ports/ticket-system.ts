import type { AlertTicket } from '#domain/alert/alert.ts';
import type { Silencing } from '#domain/alert/silenced-alert.ts';
import type { WorkspaceId } from '#domain/ids.ts';
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
  /** What it keeps quiet; null for a system that silences nothing. */
  readonly silencing: SilencingView | null;
  /** Resolves when it can be reached and takes the key that it is asked with; a Fault says why not. Changes nothing. */
  check(signal: AbortSignal): Promise<void>;
}

/** What a system tells of alerts of which it tells nobody by itself. */
export interface SilencingView {
  /** The silences that are in force, whoever asked for them. */
  silences(signal: AbortSignal): Promise<readonly Silencing[]>;
  /** The keys of those of these alerts that go on there, and maybe of others. */
  goingOn(alerts: readonly AlertTicket[], signal: AbortSignal): Promise<ReadonlySet<string>>;
}

/** A system as the core has it: the credential that it is asked with may be one of the workspace's stored secrets. */
export interface TicketAccess extends TicketAbilities {
  /** Whether each workspace has a credential of its own. */
  readonly isPerWorkspace: boolean;
  /**
   * The system with the credential as it is now, so that what was replaced counts at once. Nothing is sent to it: a Fault
   * says why there is no credential, with advice, `unavailable` where whoever keeps it may give it later.
   */
  open(workspace: WorkspaceId, signal: AbortSignal): Promise<TicketSystem>;
}
