import type { Alert, AlertState } from './alert.ts';

/** One signal that goes to a channel, as it was taken in. */
export interface AlertEvent {
  /** The same for the same signal sent again; see `keyOfAlert`. */
  readonly key: string;
  readonly channel: string;
  /** The name of the route that took it. */
  readonly route: string;
  readonly alert: Alert;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * What makes a signal the same as one before: alert, state, when it began, and how bad it is. A reminder that something
 * still fires is no new signal; another severity is one. An end that came without its beginning is told apart by its time,
 * and what a ticket tells by its occasion.
 */
export function keyOfAlert(alert: Alert): string {
  const { source, fingerprint, state, severity, startedAt, changedAt, occasion } = alert;
  return JSON.stringify([source, fingerprint, state, severity, occasion ?? startedAt ?? changedAt]);
}

/** Of two states that were reached at one time, the later one in an alert's life counts. */
export const stateRank = { firing: 0, acknowledged: 1, resolved: 2 } as const satisfies Record<
  AlertState,
  number
>;

/** When the state of an event was reached, as far as its sender says; else when it came in. */
export const reachedAt = ({ alert, receivedAt }: AlertEvent): number =>
  alert.changedAt ?? alert.startedAt ?? receivedAt;
